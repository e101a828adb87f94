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
});

test('the line that tells Excel the separator is no row', async (t) => {
  t.deepEqual(
    await readCsvList('sep=;\r\nfile;class\r\na, b.png;dog\r\nc.png;4\r\n', 'l.csv', COLUMNS),
    LIST,
  );
});

test('lines may end in several ways in one file', async (t) => {
  const text = 'file,class\r\n"a, b.png",dog\n\rc.png,4\r';
  t.deepEqual(await readCsvList(text, 'l.csv', COLUMNS), LIST);
});

for (const [fault, text, message] of [
  [
    'has a cell too few',
    'file,class\na.png,1\n\nb.png\n',
    'line 4, has 1 cell where the first row has 2, none in the column class;',
  ],
  ['has a cell too many', 'file,class\na, b.png,1\n', 'line 2, has 3 cells where the first row has 2;'],
] as const) {
  test(`a row that ${fault} is named by its line`, async (t) => {
    const { message: said } = (await t.throwsAsync(readCsvList(text, 'l.csv', COLUMNS), {
      instanceOf: CascadeError,
    }))!;
    t.true(said.startsWith(`l.csv, ${message}`), said);
  });
}

for (const [text, place] of [
  ['file,class\na.png,1\n"unclosed,1\n', 'line 3, column 1'],
  ['file,class\r\na.png,do"g\r\n', 'line 2, column 2'],
] as const) {
  test(`a quotation mark out of place is named by ${place}`, async (t) => {
    await t.throwsAsync(readCsvList(text, 'l.csv', COLUMNS), {
      instanceOf: CascadeError,
      message: `l.csv is not a CSV file: in ${place}, a quotation mark is out of place; write a header and a row an image.`,
    });
  });
}
