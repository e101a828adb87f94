import type { Command, Option } from 'commander';
import { usageError } from '../../errors.js';
import type { Invocation } from '../../report/results/write-results.js';
import { defaultText } from './repeat/invocation.js';

/** How the description of an option begins that means nothing without another, or without that value of it. */
const NEEDS = /^with --(?<name>[a-z-]+)(?: (?<value>\w+))?: /;

/**
 * Refuses an option that would have no effect because the other one that its description names in front (`with --measure: …`) was not
 * given. What it would be anyway may be said: a run's record does.
 *
 * @throws CascadeError naming both.
 */
export function refuseLoneOptions(command: Command, { typed }: Invocation): void {
  for (const option of command.options) {
    const text = typed[option.name()];
    if (text === undefined || String(text) === String(defaultText(option))) continue;
    const { name, value } = NEEDS.exec(option.description)?.groups ?? {};
    if (name === undefined) continue;
    const other = command.options.find((each) => each.name() === name)!;
    if (isGiven(command.getOptionValue(other.attributeName()), value)) continue;
    throw usageError(
      `--${option.name()} goes with ${called(other, value)}; add that, or leave --${option.name()} out.`,
    );
  }
}

function isGiven(given: unknown, value: string | undefined): boolean {
  return value === undefined ? given !== undefined : given === value;
}

function called({ long, flags }: Option, value: string | undefined): string {
  return value === undefined ? flags : `${long} ${value}`;
}
