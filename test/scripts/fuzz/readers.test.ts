import test from 'ava';
import { fuzzReader } from '../../../scripts/fuzz/fuzz-reader.js';
import { isFailure, LIMITS } from '../../../scripts/fuzz/outcome.js';
import { READERS } from '../../../scripts/fuzz/readers.js';

const CASES = { seed: 7, first: 0, count: 30 } as const;

/** Readers that compute on what they accept, and how many cases they are tried with. */
const SLOW: ReadonlyMap<string, number> = new Map([['unfinished-attach', 12]]);

/** Several times the limit: other programs make the processor itself slower, by what they push out of its caches. */
const PATIENT = { ...LIMITS, milliseconds: 4 * LIMITS.milliseconds };

for (const { name } of READERS) {
  test.serial(`any damaged ${name} file is read or refused in one sentence`, async (t) => {
    const count = SLOW.get(name) ?? CASES.count;
    let tried = 0;
    for await (const outcome of fuzzReader(name, { ...CASES, count, limits: PATIENT })) {
      tried++;
      t.false(
        isFailure(outcome),
        `--reader ${name} --seed ${CASES.seed} --case ${outcome.number}: ${outcome.verdict}: ${outcome.message}`,
      );
    }
    t.is(tried, count);
  });
}
