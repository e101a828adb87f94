import { existsSync, readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { createProgram } from '../../lib/commands/program.js';

/**
 * What is wrong with a command, without running it: a program, script or file that is not there, a command or option that cascade does not have, a value
 * that an option does not take, an argument too few or too many. Undefined where nothing is; programs that are not of this project are believed.
 *
 * @param words as a shell hands them over.
 */
export function complaintAbout(words: readonly string[]): string | undefined {
  const [program, ...others] = words[0] === 'npx' ? words.slice(1) : words;
  switch (program) {
    case 'cascade':
      return complaintAboutCascade(others);
    case 'npm':
      return others[0] === 'run' ? complaintAboutScript(others[1]) : undefined;
    case 'node':
    case 'python':
      return complaintAboutFile(others[0]);
    default:
      return undefined;
  }
}

/** A command of cascade by its name, which answers wrong usage with an exception instead of ending the process. */
export function commandNamed(name: string): Command | undefined {
  const command = createProgram({ version: '0', signal: new AbortController().signal }).commands.find(
    (each) => each.name() === name,
  );
  return command?.exitOverride().configureOutput({ writeErr: () => {} });
}

function complaintAboutCascade([name = '', ...words]: readonly string[]): string | undefined {
  if (name.startsWith('--')) return ['--help', '--version'].includes(name) ? undefined : `no option ${name}`;
  const command = commandNamed(name);
  if (command === undefined) return `cascade has no command ${name}`;
  try {
    const { operands, unknown } = command.parseOptions([...words]);
    const strange = unknown.find((word) => word.startsWith('-') && word !== '--help');
    if (strange !== undefined) return `cascade ${name} has no option ${strange}`;
    const required = command.registeredArguments.filter(({ required }) => required).length;
    const isVariadic = command.registeredArguments.some(({ variadic }) => variadic);
    if (operands.length < required)
      return `cascade ${name} takes ${required} arguments, not ${operands.length}`;
    if (operands.length > command.registeredArguments.length && !isVariadic)
      return `cascade ${name} takes no '${operands.at(-1)}'`;
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError || error instanceof Error) return error.message;
    throw error;
  }
}

function complaintAboutScript(name = ''): string | undefined {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  return name in scripts ? undefined : `package.json has no script ${name}`;
}

/** Compiled scripts stand for their sources. */
function complaintAboutFile(file = ''): string | undefined {
  const source = file.replace(/^dist\/(.*)\.js$/, '$1.ts');
  return file.startsWith('-') || existsSync(source) ? undefined : `${source} is not there`;
}
