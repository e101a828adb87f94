import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readLabelList } from '../../../lib/data/lists/label-list.js';
import { CascadeError } from '../../../lib/errors.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const COLUMNS = { image: 'file', label: 'label' };

async function read(t: ExecutionContext, name: string, text: string) {
  const file = path.join(await temporaryFolder(t), name);
  await writeFile(file, text);
  return readLabelList(file, COLUMNS);
}

test('the label is the last word of a line, the second field where there are tabs, and may stand alone', async (t) => {
  t.deepEqual(await read(t, 'l.txt', '# a comment\nmy photo.png 3\r\n\n"b c.png" big dog\n#1.png 4\n'), [
    { file: 'my photo.png', label: '3' },
    { file: 'b c.png', label: 'big dog' },
    { file: '#1.png', label: '4' },
  ]);
  t.deepEqual(await read(t, 'l.txt', 'a.png\tbig dog\t0.5\n'), [{ file: 'a.png', label: 'big dog' }]);
  t.deepEqual(await read(t, 'l.txt', '3\n"4"\n'), [{ label: '3' }, { label: '4' }]);
});

test('behind the name of an image stands its label, whatever separates them', async (t) => {
  t.deepEqual(await read(t, 'l.txt', 'a.png,3\nb c.JPG; 4\nd.png big dog\ne.png | 5\nf 6\n'), [
    { file: 'a.png', label: '3' },
    { file: 'b c.JPG', label: '4' },
    { file: 'd.png', label: 'big dog' },
    { file: 'e.png', label: '5' },
    { file: 'f', label: '6' },
  ]);
});

test('a table with tabs and a header is read by its columns, whatever it is called', async (t) => {
  t.deepEqual(await read(t, 'l.txt', 'label\tfile\n3\ta.png\n'), [{ file: 'a.png', label: '3' }]);
});

test('a list of nothing, and an image without a label, are refused by name', async (t) => {
  const refused = async (name: string, text: string, message: RegExp): Promise<void> => {
    const error = await t.throwsAsync(read(t, name, text), { instanceOf: CascadeError });
    t.regex(error!.message, message);
  };
  await refused('l.txt', '# nothing\n', /l\.txt lists no image\.$/);
  await refused(
    'l.csv',
    'file,label\na.png,\n',
    /^a\.png has no label in .*l\.csv; give it one, or take it out\.$/,
  );
  await refused('l.txt', 'a.png 3\nb.png\n', /^b\.png has no label in .*l\.txt;/);
  await refused('l.txt', '3\n""\n', /^image 1 has no label in .*l\.txt;/);
});
