import test from 'ava';
import { IMPORT_THREE_EXITS, THREE_EXITS, writeLogitFiles } from '../support/logit-files.js';
import { mustRun, runCascade, temporaryFolder } from '../support/run-cascade.js';

test('a published method that does not fit the cascade is refused by name, and left out with a note of all', async (t) => {
  const folder = await temporaryFolder(t);
  await writeLogitFiles(folder, THREE_EXITS);
  await mustRun(folder, ...IMPORT_THREE_EXITS);
  const refused = await runCascade(folder, 'compare', 'mine.cascade', '--methods', 'network-energy');
  t.is(refused.code, 2);
  t.regex(
    refused.stderr,
    /--methods network-energy does not fit this cascade: it takes networks in a row; make some with cascade chain\.$/m,
  );
  const { stdout, stderr } = await mustRun(
    folder,
    ...['compare', 'mine.cascade', '--methods', 'all', '--criteria', 'softmax', '--average', '0'],
    ...['--splits', '1', '--confidence', '90%', '--format', 'latex'],
  );
  t.regex(stderr, /network-energy is left out/);
  for (const name of ['shared, softmax', 'joint, softmax', 'exit-policy', 'exit-switching'])
    t.regex(stdout, new RegExp(`^${name} & `, 'm'));
  t.regex(stdout, /promised \(90 \\%\) at 1 point/);
});
