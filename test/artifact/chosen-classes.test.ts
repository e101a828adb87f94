import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { chosenClassesWords } from '../../lib/artifact/chosen-classes.js';
import { loadManifest } from '../../lib/artifact/manifest.js';
import { smallCascade } from '../support/small-cascade.js';

const TINY = { of: 1000, indices: Array.from({ length: 200 }, (_, index) => 5 * index) };

test('a cascade of all classes of its network has nothing to say', (t) => {
  t.is(chosenClassesWords({ backbone: {} }), undefined);
  t.is(chosenClassesWords({ backbone: {}, members: [{ name: 'a' }, { name: 'b' }] }), undefined);
  t.is(chosenClassesWords({}), undefined);
});

test('of one network it is said how many of how many classes', (t) => {
  t.is(chosenClassesWords({ backbone: { chosen_classes: TINY } }), "200 of the network's 1,000 classes");
});

test('of several networks it is said of each that has more', (t) => {
  const members = [
    { name: 'small', chosen_classes: TINY },
    { name: 'own' },
    { name: 'large', chosen_classes: { ...TINY, of: 21_843 } },
  ];
  t.is(
    chosenClassesWords({ backbone: { chosen_classes: TINY }, members }),
    "200 of small's 1,000 classes, 200 of large's 21,843 classes",
  );
});

const faults: Readonly<Record<string, readonly [chosen: object, fault: RegExp]>> = {
  'fewer classes than the cascade': [{ of: 9, indices: [0, 1] }, /there are 2 for 3 classes/],
  'a class behind the last': [{ of: 3, indices: [0, 1, 3] }, /each must be less than the number/],
  'the same class twice': [{ of: 9, indices: [0, 4, 4] }, /each must be there once/],
};

for (const [what, [chosen, fault]] of Object.entries(faults)) {
  test(`a cascade.json that chooses ${what} is damaged`, async (t) => {
    const { folder } = await smallCascade(t);
    const file = path.join(folder, 'cascade.json');
    const { backbone, ...manifest } = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...manifest, backbone: { ...backbone, chosen_classes: chosen } }));
    await t.throwsAsync(loadManifest(folder), { message: fault });
  });
}
