import test from 'ava';
import { readCsvList } from '../../../lib/data/lists/csv-list.js';
import { CascadeError } from '../../../lib/errors.js';

const COLUMNS = { image: 'file', label: 'class' };
const LIST = [
  { file: 'a, b.png', label: 'dog' },
  { file: 'c.png', label: '4' },
];

for (const [name, separator] of Object.entries({ comma: ',', semicolon: ';', tab: '\t', bar: '|' })) {
  test(`columns may be separated by a ${name}, and stand in any order`, async (t) => {
    const rows = [
      ['class', 'width', 'file'],
      ['dog', '3', '"a, b.png"'],
      ['4', '5', 'c.png'],
    ];
    const text = `\ufeff${rows.map((row) => row.join(separator)).join('\r\n')}\r\n\r\n`;
    t.deepEqual(await readCsvList(text, 'l.csv', COLUMNS), LIST);
  });
}

test('a header without the columns, with one of them twice, or of two separators is refused', async (t) => {
  const refused = (text: string, message: string): Promise<unknown> =>
    t.throwsAsync(readCsvList(text, 'l.csv', COLUMNS), { instanceOf: CascadeError, message });
  await refused(
    'image,class\na.png,1\n',
    'l.csv has no columns file and class; name its columns in the description as image_column and label_column.',
  );
  await refused(
    'file,class,file\na.png,1,b.png\n',
    'l.csv has the column file more than once; rename one of them.',
  );
  await refused('file,class\n"unclosed,1\n', 'l.csv is not a CSV file; write a header and a row an image.');
});
