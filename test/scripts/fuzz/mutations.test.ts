import test from 'ava';
import { damagedCase } from '../../../scripts/fuzz/damaged-case.js';
import { LONGEST } from '../../../scripts/fuzz/mutation.js';
import { READERS } from '../../../scripts/fuzz/readers.js';

const CASES = 25;

for (const reader of READERS) {
  test(`a seed always damages ${reader.name} files alike, another seed otherwise, and samples stay whole`, async (t) => {
    const samples = await reader.samples();
    const same = await reader.samples();
    const before = samples.map((sample) => Object.values(sample).map((bytes) => Buffer.from(bytes)));
    let [damaged, differing] = [0, 0];
    for (let number = 0; number < CASES; number++) {
      const { sample, file, bytes } = await damagedCase(reader, samples, 1, number);
      const again = await damagedCase(reader, same, 1, number);
      t.is(again.file, file);
      t.true(again.bytes.equals(bytes), `case ${number}`);
      t.true(bytes.length <= LONGEST);
      if (!sample[file]!.equals(bytes)) damaged++;
      if (!(await damagedCase(reader, samples, 2, number)).bytes.equals(bytes)) differing++;
    }
    // A few damages change nothing, such as one number for the same one.
    t.true(damaged > 0.8 * CASES, `${damaged} of ${CASES} cases are damaged`);
    t.true(differing > 0.8 * CASES, `${differing} of ${CASES} cases differ between seeds`);
    t.deepEqual(
      samples.map((sample) => Object.values(sample)),
      before,
    );
  });
}
