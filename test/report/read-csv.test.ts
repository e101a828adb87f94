import test from 'ava';
import { CascadeError } from '../../lib/errors.js';
import { readReports } from '../../lib/report/read-csv.js';
import {
  EVAL_HEADER,
  EXITS_HEADER,
  evalCsv,
  exitsCsv,
  FRONT_HEADER,
  frontCsv,
  RESNET20,
  RESNET56,
  writeFiles,
} from './sample-results.js';

const FRONT_ROW = 'small,cifar10,test,0,paper-path,max,0.01,5000,93.4,92.5,0.9,77,125,38.4,conv+fc,0';
const EXIT_ROW = 'small,cifar10,test,0,0,8,block 8,mlp,5000,78.7,43,34.2,conv+fc,0';
const EVAL_ROW = 'small,cifar10,test,0,paper-path,max,1,95,5000,93.4,92.9,0.5,0.2,0.8,77,125,38.4,conv+fc,0';

async function sentence(t: { is: (a: unknown, b: unknown) => void }, files: Record<string, string>) {
  const paths = await writeFiles(files);
  try {
    await readReports(paths);
  } catch (error) {
    t.is(error instanceof CascadeError, true);
    return (error as Error).message.replaceAll(/'[^']*cascade-report-[^/]*\//g, "'");
  }
  throw new Error('the files were read');
}

test('each kind of file is recognised by its columns, whatever its name', async (t) => {
  const files = await writeFiles({
    'a.csv': `${EVAL_HEADER}\n${EVAL_ROW}\n`,
    'b.csv': `${FRONT_HEADER}\n${FRONT_ROW}\n`,
    'c.csv': `${EXITS_HEADER}\n${EXIT_ROW}\n`,
  });
  const report = await readReports(files);
  t.deepEqual(report.notes, []);
  t.deepEqual(report.exits, [
    {
      cascade: 'small',
      dataset: 'cifar10',
      split: 'test',
      split_seed: '0',
      exit: 0,
      block: 8,
      name: 'block 8',
      head: 'mlp',
      images: 5000,
      accuracy_percent: 78.7,
      macs: 43,
      macs_percent: 34.2,
      batch_size: null,
      predicted_milliseconds: null,
      predicted_time_percent: null,
      mac_convention: 'conv+fc',
      seed: '0',
    },
  ]);
  t.like(report.front, {
    length: 1,
    0: { method: 'paper-path', parameter: '0.01', macs_saved_percent: 38.4 },
  });
  t.like(report.eval, { length: 1, 0: { max_drop_points: 1, confidence_percent: 95, drop_low_points: 0.2 } });
});

test('files of several runs add up, side by side or joined with their headers', async (t) => {
  const apart = await readReports(
    await writeFiles({ 'a.csv': frontCsv(RESNET20), 'b.csv': frontCsv(RESNET56) }),
  );
  const joined = await readReports(await writeFiles({ 'ab.csv': frontCsv(RESNET20) + frontCsv(RESNET56) }));
  t.deepEqual(joined, apart);
  t.deepEqual([...new Set(apart.front.map((row) => row.cascade))], ['resnet20', 'resnet56']);
});

test('columns may stand in any order, and others beside them', async (t) => {
  const reversed = (line: string) => line.split(',').reverse().join(',');
  const [plain, other] = await Promise.all(
    [`${FRONT_HEADER}\n${FRONT_ROW}\n`, `${reversed(FRONT_HEADER)},host\n${reversed(FRONT_ROW)},x\n`].map(
      async (text) => readReports(await writeFiles({ 'front.csv': text })),
    ),
  );
  t.deepEqual(other, plain);
});

test('optional cells may be empty', async (t) => {
  const row = 'small,,test,,paper-path,,,95,,,92.9,,,,,,38.4,,';
  const report = await readReports(await writeFiles({ 'eval.csv': `${EVAL_HEADER}\n${row}\n` }));
  t.like(report.eval[0], { dataset: '', max_drop_points: null, drop_low_points: null, full_macs: null });
});

test('an empty saving follows from the two MAC counts', async (t) => {
  const row = FRONT_ROW.replace('77,125,38.4', '75,100,');
  const report = await readReports(await writeFiles({ 'front.csv': `${FRONT_HEADER}\n${row}\n` }));
  t.is(report.front[0]?.macs_saved_percent, 25);
});

test('groups.csv, of which no picture is made, is noted only where nothing else is there', async (t) => {
  const groups = { 'groups.csv': 'cascade,grouping,group\nsmall,exit,block 2\n' };
  const beside = await readReports(await writeFiles({ ...groups, 'exits.csv': exitsCsv(RESNET56) }));
  t.deepEqual(beside.notes, []);
  const alone = await readReports(await writeFiles(groups));
  t.regex(alone.notes.join('\n'), /groups\.csv' is left out: no picture is made of such rows\.$/);
});

test('a CSV of another kind is left out with a note that names it', async (t) => {
  const files = await writeFiles({
    'thresholds.csv': 'cascade,exit,threshold\nsmall,0,0.9\n',
    'exits.csv': exitsCsv(RESNET56),
    'eval.csv': evalCsv(RESNET56),
  });
  const report = await readReports(files);
  t.is(report.notes.length, 1);
  t.true(report.notes[0]?.includes('thresholds.csv'));
  t.is(report.exits.length, 5);
});

test('a cell that is no number is named by file, row and column', async (t) => {
  const broken = FRONT_ROW.replace('92.5', 'high');
  t.is(
    await sentence(t, { 'front.csv': `${FRONT_HEADER}\n${FRONT_ROW}\n${broken}\n` }),
    "'front.csv', row 3, column 'accuracy_percent': 'high' is not a number; write the file again with the command that made it.",
  );
});

test('a broken cell of any kind is refused with its column', async (t) => {
  const cases: [string, string, RegExp][] = [
    ['92.5', '', /row 2, column 'accuracy_percent': the cell is empty/],
    ['92.5', '192.5', /row 2, column 'accuracy_percent': 192.5 is outside 0 to 100/],
    ['92.5', 'NaN', /row 2, column 'accuracy_percent': 'NaN' is not a number/],
    [',test,', ',train,', /row 2, column 'split': 'train' is neither 'calibration' nor 'test'/],
    [',5000,', ',-1,', /row 2, column 'images': -1 is outside 0/],
    ['77,125,38.4', '77,0,', /row 2, column 'macs_saved_percent': the cell is empty/],
  ];
  for (const [from, to, expected] of cases) {
    const text = `${FRONT_HEADER}\n${FRONT_ROW.replace(from, to)}\n`;
    t.regex(await sentence(t, { 'front.csv': text }), expected);
  }
});

test('a row cut short is named with the column it ends before', async (t) => {
  const cut = FRONT_ROW.split(',').slice(0, 9).join(',');
  t.regex(
    await sentence(t, { 'front.csv': `${FRONT_HEADER}\n${FRONT_ROW}\n${cut}` }),
    /'front.csv', row 3, column 'accuracy_percent': the row has 9 cells where the header has 16/,
  );
});

test('a file that is no CSV of results is refused by name', async (t) => {
  const cases: Record<string, string> = {
    'empty.csv': '',
    'cascade.json': '{\n  "schema": 1,\n  "exits": []\n}\n',
    'image.png': '\u0089PNG\r\n\u001a\n\u0000\u0000,"\u0000',
    'notes.txt': 'these are notes, of a kind\nno more',
  };
  for (const [name, text] of Object.entries(cases)) {
    const message = await sentence(t, { [name]: text });
    t.true(message.startsWith(`'${name}' is not a CSV`), message);
  }
});

test('a missing file is named with the reason, and a folder with what to give of it', async (t) => {
  await t.throwsAsync(readReports(['docs']), {
    message: "'docs' is a folder; give the CSV files in it, such as docs/*.csv.",
  });
  await t.throwsAsync(readReports(['no/such/front.csv']), {
    instanceOf: CascadeError,
    message: 'no/such/front.csv cannot be read: no such file or directory.',
  });
});
