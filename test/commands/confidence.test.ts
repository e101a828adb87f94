import test from 'ava';
import { IMPORT_THREE_EXITS, THREE_EXITS, writeLogitFiles } from '../support/logit-files.js';
import { runCascade, temporaryFolder } from '../support/run-cascade.js';

test('calibrate --confidence none chooses empirically and says that nothing is promised', async (t) => {
  const folder = await temporaryFolder(t);
  await writeLogitFiles(folder, THREE_EXITS);
  await runCascade(folder, ...IMPORT_THREE_EXITS);
  const words = ['calibrate', 'mine.cascade', '--max-drop', '2%', '--confidence', 'none'];
  const printed = await runCascade(folder, ...words);
  t.is(printed.code, 0, printed.stderr);
  t.notRegex(printed.stdout, /With [\d.]+ % confidence/);
  const { stdout } = await runCascade(folder, ...words, '--json', '--quiet');
  const result = JSON.parse(stdout) as Record<string, unknown>;
  t.is(result['confidence_percent'], null);
  t.is(result['promise'], null);
  t.true((result['drop_points'] as number) <= 2);
});
