import type { CompletedOption, CompletedProgram } from './completed-words.js';

/** A script for fish. */
export function fishCompletion({ name, options, commands }: CompletedProgram): string {
  const before = '__fish_use_subcommand';
  const lines = [
    ...options.map((option) => line(name, before, optionWords(option))),
    ...commands.map((command) =>
      line(name, before, ['-f', '-a', command.name, '-d', quoted(command.description)]),
    ),
    ...commands.flatMap(({ name: command, options, values }) => {
      const behind = `__fish_seen_subcommand_from ${command}`;
      const choices = Array.isArray(values) ? [['-f', '-a', quoted(values.join(' '))]] : [];
      return [...options.map(optionWords), ...choices].map((words) => line(name, behind, words));
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function line(name: string, condition: string, words: readonly string[]): string {
  return ['complete', '-c', name, '-n', quoted(condition), ...words].join(' ');
}

function optionWords({ flags, description, values }: CompletedOption): readonly string[] {
  const names = flags.flatMap((flag) =>
    flag.startsWith('--') ? ['-l', flag.slice(2)] : ['-s', flag.slice(1)],
  );
  return [...names, ...valueWords(values), '-d', quoted(description)];
}

function valueWords(values: CompletedOption['values']): readonly string[] {
  if (values === undefined) return [];
  if (values === 'paths') return ['-r'];
  return values === 'anything' ? ['-x'] : ['-x', '-a', quoted(values.join(' '))];
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
