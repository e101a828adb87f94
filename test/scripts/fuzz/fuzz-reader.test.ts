import test from 'ava';
import { fuzzReader } from '../../../scripts/fuzz/fuzz-reader.js';
import type { Verdict } from '../../../scripts/fuzz/outcome.js';

const MODULE = new URL('./faulty-readers.js', import.meta.url).href;

const EXPECTED: readonly (readonly [reader: string, verdict: Verdict, message: RegExp])[] = [
  ['throws', 'uncaught', /^TypeError: Cannot read properties of undefined/],
  ['says what is inside', 'uncaught', /^not one sentence: /],
  ['rejects later', 'uncaught', /^Error: later/],
  ['throws later', 'uncaught', /^Error: later/],
  ['crashes', 'uncaught', /^the process ended by SIGABRT/],
  ['computes', 'hung', /^killed while it computed/],
  ['waits', 'hung', /^no answer came/],
  ['keeps objects', 'too large', /./],
  ['writes outside', 'uncaught', /^left behind: more/],
  ['writes inside', 'uncaught', /^left behind: more/],
  ['refuses', 'refused', /^weights\.pt is damaged; get the file again\.$/],
  ['accepts', 'accepted', /^$/],
  ...(process.platform === 'linux' ? [['takes memory', 'too large', /./] as const] : []),
];

for (const [reader, verdict, message] of EXPECTED) {
  test.serial(`the verdict on a reader that ${reader} is '${verdict}', case for case`, async (t) => {
    // Short where it is used up, long where a slow machine must not use it up.
    const limits = { milliseconds: reader === 'computes' ? 500 : 20_000, megabytes: 200 };
    const numbers: number[] = [];
    for await (const outcome of fuzzReader(reader, { seed: 1, first: 5, count: 2, limits, module: MODULE })) {
      numbers.push(outcome.number);
      t.is(outcome.verdict, verdict, outcome.message);
      t.regex(outcome.message, message);
    }
    t.deepEqual(numbers, [5, 6]);
  });
}
