import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { temporaryFolder } from '../../support/run-cascade.js';

interface Replacing {
  replacing(file: string, make: (newFile: string) => void, check: () => void): void;
}

const SOURCE = path.resolve('scripts', 'tensorflow', 'replacing.mjs');
const { replacing } = (await import(SOURCE)) as Replacing;

const write = (text: string) => (file: string) => writeFileSync(file, text);
const fail = (): never => {
  throw new Error('no good');
};

test('a new file that proves good takes the place of the former one, alone', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'binding');
  writeFileSync(file, 'former');
  replacing(file, write('new'), () => t.is(readFileSync(file, 'utf8'), 'new'));
  t.is(readFileSync(file, 'utf8'), 'new');
  t.deepEqual(readdirSync(folder), ['binding']);
});

test('a new file that proves no good gives way to the former one', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'binding');
  writeFileSync(file, 'former');
  t.throws(() => replacing(file, write('new'), fail), { message: 'no good' });
  t.is(readFileSync(file, 'utf8'), 'former');
  t.deepEqual(readdirSync(folder), ['binding']);
});

test('where nothing was before, nothing is left of a new file that proves no good', async (t) => {
  const file = path.join(await temporaryFolder(t), 'lib', 'binding');
  t.throws(() => replacing(file, write('new'), fail), { message: 'no good' });
  t.false(existsSync(file));
});

test('a build that fails half-way leaves the former file', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'binding');
  writeFileSync(file, 'former');
  const halfWay = (fresh: string): never => {
    writeFileSync(fresh, 'half');
    return fail();
  };
  t.throws(() => replacing(file, halfWay, fail), { message: 'no good' });
  t.is(readFileSync(file, 'utf8'), 'former');
  t.deepEqual(readdirSync(folder), ['binding']);
});
