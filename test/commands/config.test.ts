import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { sha256Of } from '../../lib/files/sha256.js';
import { loadRunRecord } from '../../lib/report/results/run-record.js';
import { IMPORT_THREE_EXITS, THREE_EXITS, writeLogitFiles } from '../support/logit-files.js';
import { madeOnce } from '../support/made-once.js';
import { mustRun, runCascade, temporaryFolder } from '../support/run-cascade.js';

/** A cascade whose front was swept with a criterion of its own. */
const swept = madeOnce(async (lifetime) => {
  const folder = await temporaryFolder(lifetime);
  await writeLogitFiles(folder, THREE_EXITS);
  await mustRun(folder, ...IMPORT_THREE_EXITS);
  await mustRun(folder, 'sweep', 'mine.cascade', '--criterion', 'margin');
  return folder;
});

const RECORD = path.join('results', 'mine', 'sweep.run.json');

async function recorded(folder: string, file = RECORD): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(folder, file), 'utf8')) as Record<string, unknown>;
}

test('a run is recorded beside its CSV files with all that its figures come of', async (t) => {
  const folder = await swept(t);
  const record = await recorded(folder);
  t.deepEqual(Object.keys(record), [
    ...['schema', 'command', 'command_line', 'arguments', 'options', 'versions', 'machine'],
    ...['weights', 'data', 'files'],
  ]);
  const { command, command_line: line, arguments: given, options } = record;
  t.deepEqual(
    [command, line, given],
    ['sweep', 'cascade sweep mine.cascade --criterion margin', ['mine.cascade']],
  );
  t.deepEqual(options, {
    ...{ method: 'shared', average: '0.4', criterion: 'margin', top: '1', engine: 'auto' },
    ...{ 'split-seed': '0', results: 'results' },
  });
  const front = await readFile(path.join(folder, 'results', 'mine', 'front.csv'), 'utf8');
  t.is((record['files'] as Record<string, string>)['front.csv'], sha256Of(front));
  t.is((record['versions'] as Record<string, string>)['node'], process.versions.node);
});

test('--config repeats a run, to the same bytes, and says so', async (t) => {
  const folder = await swept(t);
  const { stderr } = await mustRun(folder, 'sweep', '--config', RECORD);
  t.regex(
    stderr,
    /^The CSV files have the same bytes as those of the run that was repeated \(results\/mine\/sweep/m,
  );
});

test('what is typed beside --config wins, an argument too', async (t) => {
  const folder = await swept(t);
  const before = await recorded(folder);
  const words = ['sweep', 'mine.cascade', '--config', RECORD, '--criterion', 'entropy', '--results', 'other'];
  const { stderr } = await mustRun(folder, ...words);
  t.regex(stderr, /^front\.csv differs from what the repeated run wrote, and so do the options \(/m);
  const after = await recorded(folder, path.join('other', 'mine', 'sweep.run.json'));
  t.deepEqual(after['options'], { ...(before['options'] as object), criterion: 'entropy', results: 'other' });
});

const faults: readonly (readonly [
  what: string,
  change: (record: Record<string, unknown>) => object,
  says: RegExp,
])[] = [
  [
    'an option that the command lacks',
    (record) => ({ ...record, options: { criterium: 'margin' } }),
    /^cascade: mine\.json has the option "criterium", which cascade sweep does not know; remove it\.\n$/,
  ],
  [
    'a key that no record has',
    (record) => ({ ...record, option: {} }),
    /^cascade: mine\.json is damaged \(there is no field "option"; look for a misspelt name\); [^\n]+\.\n$/,
  ],
  [
    'another command',
    (record) => ({ ...record, command: 'eval' }),
    /^cascade: mine\.json is the record of a run of cascade eval; repeat it with `cascade eval --config mine\.json`\.\n$/,
  ],
  [
    'a value where none is taken',
    (record) => ({ ...record, options: { quiet: 'yes' } }),
    /^cascade: mine\.json gives --quiet a text, and it takes none; [^\n]+\.\n$/,
  ],
  [
    'no value where one is taken',
    (record) => ({ ...record, options: { criterion: true } }),
    /^cascade: mine\.json gives --criterion no text; [^\n]+\.\n$/,
  ],
  [
    'a value of the wrong kind',
    (record) => ({ ...record, options: { criterion: 3 } }),
    /^cascade: mine\.json is damaged \(options\.criterion: [^\n]+\.\n$/,
  ],
  [
    'a record that repeats another',
    (record) => ({ ...record, options: { config: 'other.json' } }),
    /^cascade: mine\.json has the option "config"/,
  ],
];

for (const [what, change, says] of faults) {
  test(`--config with ${what} is refused by one sentence`, async (t) => {
    const folder = await swept(t);
    await writeFile(path.join(folder, 'mine.json'), JSON.stringify(change(await recorded(folder))));
    const { code, stdout, stderr } = await runCascade(folder, 'sweep', '--config', 'mine.json');
    t.true(code === 1 || code === 2);
    t.is(stdout, '');
    t.regex(stderr, says);
  });
}

test('a record that is written by hand needs a command alone', async (t) => {
  const folder = await swept(t);
  const byHand = { schema: 1, command: 'calibrate', options: { 'max-drop': '-50%' } };
  await writeFile(path.join(folder, 'mine.json'), JSON.stringify(byHand));
  const gain = await runCascade(folder, 'calibrate', 'mine.cascade', '--config', 'mine.json');
  t.regex(gain.stderr, /--max-drop -50% asks for/, 'a value that looks like an option is none');
  await mustRun(folder, 'calibrate', 'mine.cascade', '--config', 'mine.json', '--max-drop', '2%');
});

test('a record that is not there, and a CSV file in its place, are one sentence', async (t) => {
  const folder = await swept(t);
  const { code, stderr } = await runCascade(folder, 'sweep', '--config', 'nothing.json');
  t.is(code, 2);
  t.is(stderr, 'cascade: nothing.json is not there; a run writes such a file beside its CSV files.\n');
  await t.throwsAsync(loadRunRecord('results/front.csv'), {
    message:
      'results/front.csv is a CSV file of results; give the record of the run that wrote it, which lies beside it and ends in .run.json.',
  });
});
