import type { Command } from 'commander';

/** The commands by what they are for, in the order in which `cascade --help` lists them. */
export const COMMAND_GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Make a cascade:': ['demo', 'auto', 'inspect', 'attach', 'chain', 'record', 'import-records', 'show'],
  'Choose its thresholds:': ['ask', 'calibrate'],
  'Measure what it does:': ['eval', 'sweep', 'compare', 'measure', 'plot', 'report'],
  'Use it:': ['run', 'monitor', 'export'],
  'This machine:': ['fetch', 'doctor', 'completion', 'help'],
};

/** Adds commands to a program in the order of their groups, each under its heading. @throws Error if one is in no group. */
export function addGrouped(program: Command, commands: readonly Command[]): void {
  const groups = Object.entries(COMMAND_GROUPS);
  const order = groups.flatMap(([, names]) => names);
  const headingOf = (name: string): string => {
    const group = groups.find(([, names]) => names.includes(name));
    if (group === undefined) throw new Error(`the command ${name} is in no group of command-groups.ts`);
    return group[0];
  };
  const sorted = commands.toSorted((a, b) => order.indexOf(a.name()) - order.indexOf(b.name()));
  for (const command of sorted) program.addCommand(command.helpGroup(headingOf(command.name())));
  program.commandsGroup(headingOf('help')).helpCommand(true);
}
