import test from 'ava';
import { fuzzReader } from '../../../scripts/fuzz/fuzz-reader.js';
import { isFailure, LIMITS } from '../../../scripts/fuzz/outcome.js';
import { READERS } from '../../../scripts/fuzz/readers.js';

const CASES = { seed: 7, first: 0, count: 60 } as const;

/** Several times the limit: other programs make the processor itself slower, by what they push out of its caches. */
const PATIENT = { ...LIMITS, milliseconds: 4 * LIMITS.milliseconds };

for (const { name } of READERS) {
  test.serial(`any damaged ${name} file is read or refused in one sentence`, async (t) => {
    let tried = 0;
    for await (const outcome of fuzzReader(name, { ...CASES, limits: PATIENT })) {
      tried++;
      t.false(
        isFailure(outcome),
        `--reader ${name} --seed ${CASES.seed} --case ${outcome.number}: ${outcome.verdict}: ${outcome.message}`,
      );
    }
    t.is(tried, CASES.count);
  });
}
