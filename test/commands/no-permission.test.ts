import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { IMPORT_THREE_EXITS, THREE_EXITS, writeLogitFiles } from '../support/logit-files.js';
import { madeOnce } from '../support/made-once.js';
import { testWith } from '../support/needs.js';
import { mustRun, temporaryFolder } from '../support/run-cascade.js';
import { runUnprivileged, UNPRIVILEGED } from '../support/unprivileged.js';

/** A cascade of imported records, and a folder for data. */
const imported = madeOnce(async (lifetime) => {
  const folder = await temporaryFolder(lifetime);
  await writeLogitFiles(folder, THREE_EXITS);
  await mustRun(folder, ...IMPORT_THREE_EXITS);
  await mustRun(folder, 'calibrate', 'mine.cascade', '--max-drop', '5%');
  await mkdir(path.join(folder, 'data'));
  return folder;
});

/** Where everybody may read and nobody may write, a command fails with this sentence alone. */
const refused = async (t: ExecutionContext, words: readonly string[], says: string): Promise<void> => {
  const folder = await imported(t);
  for (const closed of ['data', '.']) {
    await chmod(path.join(folder, closed), 0o555);
    t.teardown(() => chmod(path.join(folder, closed), 0o755));
  }
  const { status, stdout, stderr } = runUnprivileged(folder, ...words, '--quiet');
  t.is(stderr, `cascade: ${says.replaceAll('HERE', folder)}\n`);
  t.is(stdout, '');
  t.is(status, 1);
};

const REASON = 'there is no permission to write in HERE; allow it or name another place.';

testWith(UNPRIVILEGED, 'a cascade that cannot be changed is not said to be locked', async (t) => {
  await refused(t, ['calibrate', 'mine.cascade'], `mine.cascade cannot be made or changed: ${REASON}`);
});

testWith(UNPRIVILEGED, 'nor one that cannot be made', async (t) => {
  const words = IMPORT_THREE_EXITS.with(-1, 'other.cascade');
  await refused(t, words, `other.cascade cannot be made or changed: ${REASON}`);
});

testWith(UNPRIVILEGED, 'results that cannot be written name the folder that is closed', async (t) => {
  await refused(
    t,
    ['eval', 'mine.cascade'],
    `results/mine/eval.csv cannot be written: ${REASON.replace('HERE', path.join('HERE', 'results', 'mine'))}`,
  );
});

testWith(UNPRIVILEGED, 'fetch asks no server for what it could not keep', async (t) => {
  process.env['CASCADE_MIRROR'] = 'http://127.0.0.1:9';
  t.teardown(() => delete process.env['CASCADE_MIRROR']);
  const weights = path.join('HERE', 'data', 'weights', 'resnet20-12fca82f.th');
  await refused(
    t,
    ['fetch', 'resnet20-cifar10'],
    `${weights} cannot be written: ${REASON.replace('HERE', path.join('HERE', 'data'))}`,
  );
});
