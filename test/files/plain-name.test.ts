import path from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { isPlainName, plainName } from '../../lib/files/plain-name.js';

test('names of files and folders are plain, in any script', (t) => {
  for (const name of ['a', 'mine.cascade', '.hidden', 'a b', 'ünï', '写真', '-x', 'x'.repeat(200)])
    t.true(isPlainName(name), name);
});

test('what leads elsewhere, cannot be seen or is too long is not', (t) => {
  for (const [name, fault] of [
    ['', 'is empty'],
    ['..', 'names a folder by its place'],
    ['a/b', 'holds a separator of folders'],
    ['a\\b', 'holds a separator of folders'],
    ['a\u0000', 'holds a control character'],
    ['a\u2028b', 'holds a control character'],
    [' a', 'begins or ends with a space'],
    ['a\u00a0', 'begins or ends with a space'],
    ['a.', 'ends with a dot'],
    ['x'.repeat(201), 'is longer than 200 bytes'],
    ['é'.repeat(101), 'is longer than 200 bytes'],
  ] as const) {
    t.false(isPlainName(name), name);
    const message = plainName.safeParse(name).error?.issues[0]?.message;
    t.is(message, `the name ${JSON.stringify(name.slice(0, 80))} ${fault}`);
  }
});

test('a folder with a plain name in it is the parent of that name, on every system', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        fc.pre(isPlainName(name));
        for (const system of [path.posix, path.win32])
          t.is(system.dirname(system.join('folder', name)), 'folder');
      }),
    ),
  );
});
