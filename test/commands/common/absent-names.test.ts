import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { loadManifest } from '../../../lib/artifact/manifest.js';
import { wrongWhereAbsent } from '../../../lib/commands/common/absent-names.js';
import { CascadeError } from '../../../lib/errors.js';
import { readWhole } from '../../../lib/files/open-for-reading.js';
import { temporaryFolder } from '../../support/run-cascade.js';

/** The exit code of a failure, by what was typed. */
function exitCode(error: unknown, typed: readonly string[], options = {}): number {
  return (wrongWhereAbsent(error, { arguments: typed, typed: options }) as CascadeError).exitCode;
}

test('what the command line names and is not there is wrong usage, what is missing inside it a failure', async (t) => {
  const folder = await temporaryFolder(t);
  const [there, nowhere] = [path.join(folder, 'there'), path.join(folder, 'nowhere')];
  await mkdir(there);
  const file = path.join(there, 'weights.th');
  const failure = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);
  const absentFile = await failure(readWhole(file));
  t.is(exitCode(absentFile, [file]), 2);
  t.is(exitCode(absentFile, ['x'], { logits: ['y', path.relative('.', file)] }), 2);
  t.is(exitCode(absentFile, [there], { json: true }), 1);
  t.is(exitCode(await failure(loadManifest(nowhere)), [nowhere]), 2);
  t.is(exitCode(await failure(loadManifest(there)), [there]), 1, 'it is there, and no cascade');
});

test('a failure that is none of a missing file stays as it is', (t) => {
  const errors = [new Error('x'), new CascadeError('damaged'), new CascadeError('alarm', 3)];
  for (const error of errors) t.is(wrongWhereAbsent(error, { arguments: ['x'], typed: {} }), error);
});
