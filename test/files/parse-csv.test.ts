import test from 'ava';
import { parseCsv } from '../../lib/files/parse-csv.js';

test('every row has the line that it ends on, whatever ends lines and wherever they break', async (t) => {
  const text = '\ufefff;l\r\n"a\r\nb";1\n\r c ;\r\n';
  t.deepEqual(await parseCsv(text, 'x.csv', { delimiter: ';', remedy: 'mend it' }), [
    { cells: ['f', 'l'], line: 1 },
    { cells: ['a\nb', '1'], line: 3 },
    { cells: ['c', ''], line: 5 },
  ]);
});

test('rows beyond those that are read may be anything', async (t) => {
  const reading = { delimiter: ',', remedy: 'mend it', most: 1 };
  t.deepEqual(await parseCsv('f,l\n"', 'x.csv', reading), [{ cells: ['f', 'l'], line: 1 }]);
});
