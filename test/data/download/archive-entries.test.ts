import test from 'ava';
import { checkEntries, RefusedArchive, unpackedLimit } from '../../../lib/data/download/archive-entries.js';

function refusalOf(...names: readonly string[]): string | undefined {
  const check = checkEntries('out', 1000);
  try {
    for (const name of names) check.add(name, name.endsWith('/') ? 'folder' : 'file', 1);
    return undefined;
  } catch (error) {
    if (error instanceof RefusedArchive) return error.message;
    throw error;
  }
}

test('files and folders below the folder are unpacked, a folder also where it comes late', (t) => {
  t.is(refusalOf('a/', 'a/b.txt', './c.txt', 'd/e/f', 'd/', 'd/e/'), undefined);
});

test('names that lead out on any system are refused', (t) => {
  for (const name of ['../x', 'a/../../x', '/etc/x', '\\x', 'C:x', 'c:/x', 'a\\..\\x'])
    t.is(refusalOf(name), `holds ${name}, which would lead out of out`);
});

test('a name that stands twice, as a file and a folder, too, is refused', (t) => {
  t.is(refusalOf('a', 'a'), 'holds a more than once');
  t.is(refusalOf('a', './a'), 'holds a more than once');
  t.is(refusalOf('a', 'a/b'), 'holds a more than once');
  t.is(refusalOf('a/b', 'a'), 'holds a more than once');
});

test('an archive unpacks to a gigabyte, or to fifty times its size', (t) => {
  t.is(unpackedLimit(1000), 2 ** 30);
  t.is(unpackedLimit(2 ** 30), 50 * 2 ** 30);
  const check = checkEntries('out', 1000);
  check.add('a', 'file', 2 ** 30);
  t.throws(() => check.add('b', 'file', 1), { message: 'unpacks to more than 1073741824 bytes' });
});

test('a name that no file system takes is refused', (t) => {
  t.is(refusalOf('x'.repeat(255)), undefined);
  t.regex(refusalOf('x'.repeat(256))!, /which is no name$/);
  // Two bytes a letter.
  t.regex(refusalOf('é'.repeat(128))!, /which is no name$/);
  t.regex(refusalOf('a\nb')!, /which is no name$/);
});
