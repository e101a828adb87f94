import type { Option } from 'commander';

/** What the help says of an option: its choices and its default as they are typed, not as the program keeps them. */
export function optionDescription(option: Option): string {
  const { argChoices: choices, defaultValue } = option;
  // A default that depends on something is part of the description.
  const [, description = '', said] = /^(.*?)(?: \((default: [^()]*)\))?$/s.exec(option.description) ?? [];
  const notes = [
    ...(choices === undefined ? [] : [`one of ${choices.join(', ')}`]),
    ...(said === undefined ? [] : [said]),
    ...(defaultValue === undefined ? [] : [`default: ${typedDefault(option)}`]),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}

/** An option's default as its user would type it. */
export function typedDefault({ defaultValue, defaultValueDescription, variadic }: Option): string {
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  return Array.isArray(defaultValue) ? defaultValue.join(variadic ? ' ' : ',') : String(defaultValue);
}
