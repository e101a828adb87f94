import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { AskRecord } from '../../../lib/cascade/ask/ask-record.js';
import { readAnswers } from '../../../lib/cascade/ask/read-answers.js';
import { csvText } from '../../../lib/report/csv.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const RECORD = {
  asked: [
    { image: 40, picture: '1.png', file: 'photos/a.png' },
    { image: 7, picture: '2.png', file: 'photos/b.png' },
    { image: 12, picture: '3.png', file: 'photos/c.png' },
  ],
} as unknown as AskRecord;

async function read(t: ExecutionContext, text: string, class_names = ['cat', 'dog', 'hot dog']) {
  const file = path.join(await temporaryFolder(t), 'ask.csv');
  await writeFile(file, text);
  return [...(await readAnswers(file, RECORD, { class_names }))].sort(([a], [b]) => a - b);
}

test('a label is the name or the number of a class, or none of those that were offered; an empty one is not there', async (t) => {
  const named =
    'image,file,class\n1.png,photos/a.png,hot dog\n2.png,photos/b.png,none of these\n3.png,photos/c.png,\n';
  t.deepEqual(await read(t, named), [
    [7, null],
    [40, 2],
  ]);
  t.deepEqual(await read(t, 'image,class\n3.png,0\n1.png,2\n'), [
    [12, 0],
    [40, 2],
  ]);
  t.deepEqual(await read(t, 'image,class\n'), []);
});

test('what a spreadsheet makes of the file is read too', async (t) => {
  t.deepEqual(await read(t, '\ufeffimage;file;class\r\n2.png;photos/b.png;Dog\r\n'), [[7, 1]]);
  for (const name of ['=1', '\uff1d1', "'=1"]) {
    const cell = csvText([{ name }], { header: false });
    t.deepEqual(await read(t, `image,class\n2.png,${cell}`, [name, 'b']), [[7, 0]], name);
  }
});

test('a label of no class, of an image that was not asked for, and a second one are refused', async (t) => {
  const refused = (text: string, message: RegExp) => t.throwsAsync(read(t, text), { message });
  await refused('image,class\n1.png,cow\n', /gives 1\.png the label cow, which is none of the 3 classes/);
  await refused('image,class\n9.png,cat\n', /has a row for 9\.png, which was not asked for; take it out\.$/);
  await refused('image,class\n1.png,cat\n1.png,dog\n', /gives 1\.png two classes, cat and dog; keep one\.$/);
  await refused('name,class\n1.png,cat\n', /has no columns image and class; keep the first row as/);
});
