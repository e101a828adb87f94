import { existsSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';

/** Something that not every machine has. */
export interface Need {
  readonly isHere: boolean;
  /** Why tests that need it are skipped where it is not here. */
  readonly reason: string;
}

/** A file or folder that not every machine has. */
export interface NeededPath extends Need {
  readonly path: string;
}

export function neededPath(path: string, what = path): NeededPath {
  return { path, isHere: existsSync(path), reason: `${what} is not here` };
}

export function neededSystem(...platforms: readonly NodeJS.Platform[]): Need {
  return {
    isHere: platforms.includes(process.platform),
    reason: `not on ${process.platform}`,
  };
}

/** Systems with named pipes and their permissions. */
export const UNIX = neededSystem('linux', 'darwin', 'freebsd', 'openbsd');

type Body = (t: ExecutionContext) => void | Promise<void>;

/** Declares a test that is skipped, with the reason in its title, where one of the things that it needs is not here. */
export function testWith(needs: Need | readonly Need[], title: string, body: Body): void {
  const missing = missingOf(needs);
  if (missing === undefined) test(title, body);
  else test.skip(`${title} (${missing.reason})`, body);
}

/** The same for a test that runs by itself, before those of its file that may run side by side. */
export function serialTestWith(needs: Need | readonly Need[], title: string, body: Body): void {
  const missing = missingOf(needs);
  if (missing === undefined) test.serial(title, body);
  else test.serial.skip(`${title} (${missing.reason})`, body);
}

function missingOf(needs: Need | readonly Need[]): Need | undefined {
  return [needs].flat().find(({ isHere }) => !isHere);
}
