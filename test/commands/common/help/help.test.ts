import test from 'ava';
import { Command, type Option } from 'commander';
import { addGrouped, COMMAND_GROUPS } from '../../../../lib/commands/common/help/command-groups.js';
import { optionDescription, typedDefault } from '../../../../lib/commands/common/help/option-description.js';
import { createProgram } from '../../../../lib/commands/program.js';

const program = createProgram({ version: '0.0.0', signal: new AbortController().signal });

/** A command by its group in the help. */
function listed(help: string): Readonly<Record<string, readonly string[]>> {
  const groups: Record<string, string[]> = {};
  let group: string[] = [];
  for (const line of help.split('\n')) {
    if (/^\S.*:$/.test(line)) group = groups[line] = [];
    const [, name] = /^ {2}([a-z-]+)(?: |$)/.exec(line) ?? [];
    if (name !== undefined) group.push(name);
  }
  return groups;
}

test('the help lists every command in the group that it is made for, and each group names commands only', (t) => {
  const { ['Options:']: _, ...groups } = listed(program.helpInformation());
  t.deepEqual(groups, COMMAND_GROUPS);
  t.deepEqual(
    [...program.commands.map((command) => command.name()), 'help'].sort(),
    Object.values(COMMAND_GROUPS).flat().sort(),
  );
});

test('a command that is in no group is refused, so that nobody forgets it', (t) => {
  t.throws(() => addGrouped(new Command('cascade'), [new Command('stray')]), {
    message: 'the command stray is in no group of command-groups.ts',
  });
});

/** What an option is when its user types the words. */
function parsed(option: Option, words: readonly string[]): unknown {
  return words.reduce<unknown>(
    (before, word) => (option.parseArg === undefined ? word : option.parseArg(word, before as never)),
    option.defaultValue,
  );
}

test('the default that the help prints, typed, is the default', (t) => {
  let defaults = 0;
  for (const command of program.commands) {
    for (const option of command.options) {
      if (option.defaultValue === undefined) continue;
      const typed = typedDefault(option);
      const words = option.variadic ? typed.split(' ') : [typed];
      t.deepEqual(parsed(option, words), option.defaultValue, `${command.name()} ${option.flags}`);
      t.true(optionDescription(option).endsWith(`default: ${typed})`), optionDescription(option));
      defaults++;
    }
  }
  t.true(defaults > 20);
});

test('shares are printed as percent, and nothing is in quotes or brackets of the program', (t) => {
  const help = program.commands.find((command) => command.name() === 'compare')!.helpInformation();
  t.regex(help.replace(/\s+/g, ' '), /\(default: 0\.5%,1%,2%\).*\(default: 50%,60%,70%\)/);
  for (const command of program.commands) {
    for (const option of command.options) {
      const [note = ''] = /\((?:one of|default)[^(]*\)$/.exec(optionDescription(option)) ?? [];
      t.notRegex(note, /["[\]]|\b0\.\d+(?=[),])(?<!0\.4|0\.8)/, `${command.name()} ${option.flags}`);
    }
  }
});

test('choices and a default that the description tells stand in one pair of brackets', (t) => {
  const calibrate = program.commands.find((command) => command.name() === 'calibrate')!;
  const cost = calibrate.options.find((option) => option.long === '--cost')!;
  t.is(
    optionDescription(cost),
    'what to save: MACs, or the time that cascade measure has measured (one of macs, time; default: macs)',
  );
});
