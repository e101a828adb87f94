import type { Command } from 'commander';
import type { CommandContext, CommonOptions, Session } from './context.js';
import { refuseLoneOptions } from './lone-options.js';
import { invocationOf } from './repeat/invocation.js';

/** What a command's user wrote: its arguments, then its options. */
type Written = readonly [...unknown[], CommonOptions];

/** What a command does with what its user wrote. */
export type Body<Given extends Written> = (...given: [...Given, context: CommandContext]) => Promise<void>;

/** What commander calls: with what its user wrote, and the command itself. */
export type Action<Given extends Written> = (...called: [...Given, command: Command]) => Promise<void>;

/** Makes a command's action of its body, which is heavy and loaded no sooner than the command runs. */
export type BodyLoader = <Given extends Written>(load: () => Promise<Body<Given>>) => Action<Given>;

export function bodyLoader(session: Session): BodyLoader {
  return <Given extends Written>(load: () => Promise<Body<Given>>): Action<Given> =>
    async (...called) => {
      const given = called.slice(0, -1) as unknown as Given;
      const options = given.at(-1) as CommonOptions;
      const command = called.at(-1) as Command;
      const invocation = invocationOf(command);
      refuseLoneOptions(command, invocation);
      const { terminalContext } = await import('./terminal-context.js');
      const body = await load();
      try {
        await body(...given, terminalContext(options, session, invocation));
      } catch (error) {
        const { wrongWhereAbsent } = await import('./absent-names.js');
        throw wrongWhereAbsent(error, invocation);
      }
    };
}
