import test from 'ava';
import fc from 'fast-check';
import { pairedDropTest } from '../../lib/stats/paired-drop-test.js';

/** Tango's score with the constrained estimate found by halving on the derivative of the log-likelihood. */
function bruteScore(breaks: number, repairs: number, n: number, delta: number): number {
  let low = Math.max(0, -delta);
  let high = (1 - delta) / 2;
  for (let step = 0; step < 200; step += 1) {
    const q = (low + high) / 2;
    const slope =
      (breaks === 0 ? 0 : breaks / (q + delta)) +
      (repairs === 0 ? 0 : repairs / q) -
      (2 * (n - breaks - repairs)) / (1 - 2 * q - delta);
    if (slope > 0) low = q;
    else high = q;
  }
  const variance = n * (low + high + delta * (1 - delta));
  const excess = breaks - repairs - n * delta;
  return Math.abs(excess) < 1e-12 ? 0 : excess / Math.sqrt(variance);
}

/** Probabilities of all (breaks, repairs), in the order of the two loops, by multiplying one input at a time. */
function trinomial(n: number, breakProbability: number, repairProbability: number): number[][] {
  let table = [[1]];
  for (let input = 1; input <= n; input += 1) {
    const next = Array.from({ length: input + 1 }, (_, b) => new Array<number>(input + 1 - b).fill(0));
    table.forEach((row, b) => {
      row.forEach((probability, c) => {
        next[b]![c]! += probability * (1 - breakProbability - repairProbability);
        next[b + 1]![c]! += probability * breakProbability;
        next[b]![c + 1]! += probability * repairProbability;
      });
    });
    table = next;
  }
  return table;
}

/** The p-value by full enumeration on a grid of P(repair). */
function brutePValue(breaks: number, repairs: number, n: number, delta: number, points: number): number {
  const limit = bruteScore(breaks, repairs, n, delta) + 1e-8;
  const extreme: [number, number][] = [];
  for (let b = 0; b <= n; b += 1) {
    for (let c = 0; b + c <= n; c += 1) if (bruteScore(b, c, n, delta) <= limit) extreme.push([b, c]);
  }
  const least = Math.max(0, -delta);
  let largest = 0;
  for (let point = 0; point <= points; point += 1) {
    const repair = least + ((1 - delta) / 2 - least) * Math.sin((Math.PI / 2) * (point / points)) ** 2;
    const table = trinomial(n, repair + delta, repair);
    largest = Math.max(
      largest,
      extreme.reduce((sum, [b, c]) => sum + table[b]![c]!, 0),
    );
  }
  return largest;
}

test('over the full range of the nuisance parameter the p-value is that of full enumeration', (t) => {
  for (const [breaks, repairs, n, delta] of [
    [0, 0, 1, 0.5],
    [0, 0, 30, 0.05],
    [0, 3, 12, 0],
    [1, 7, 21, 0],
    [1, 7, 21, -0.1],
    [0, 9, 24, -0.1],
    [0, 0, 12, -0.05],
    [2, 6, 28, -0.005],
    [4, 15, 30, -0.2],
    [2, 4, 25, 0.1],
    [5, 1, 30, 0.3],
    [3, 3, 16, 0.2],
    [0, 10, 10, 0],
    [7, 2, 18, 0.05],
  ] as const) {
    const brute = brutePValue(breaks, repairs, n, delta, 400);
    const actual = pairedDropTest(breaks, repairs, n, delta, 0);
    t.true(actual >= brute - 1e-12, `${actual} < ${brute}`);
    // The enumeration's own grid misses at most 0.1 % here.
    t.true(actual <= brute * 1.004 + 2e-5, `${actual} > ${brute}`);
  }
});

test('ten repairs of ten at maxDrop 0 have p-value 2⁻¹⁰', (t) => {
  t.true(Math.abs(pairedDropTest(0, 10, 10, 0, 0) - 2 ** -10) < 1.2e-5);
});

test('at maxDrop 0 the p-value is not above that of the sign test, as SciPy 1.17 has it, and near it', (t) => {
  // scipy.stats.binomtest(breaks, breaks + repairs, 0.5, alternative='less').pvalue conditions on the discordant pairs; the exact
  // unconditional test is a little less conservative.
  for (const [breaks, repairs, signTest] of [
    [10, 30, 0.0011107168866146822],
    [20, 40, 0.00674464686559593],
    [40, 60, 0.028443966820490444],
  ] as const) {
    const actual = pairedDropTest(breaks, repairs, 5000, 0);
    t.true(actual < signTest + 1e-4, `${actual}`);
    t.true(actual > 0.6 * signTest, `${actual}`);
  }
});

test('half as many repairs as breaks: drops of 0.52 % (n = 2500), 0.66 % (5000), 0.74 % (10,000) certify 1 %', (t) => {
  t.true(pairedDropTest(26, 13, 2500, 0.01) <= 0.05);
  t.true(pairedDropTest(66, 33, 5000, 0.01) <= 0.05);
  t.true(pairedDropTest(148, 74, 10_000, 0.01) <= 0.05);
});

test('the next larger drops of that kind do not certify 1 %', (t) => {
  t.true(pairedDropTest(28, 14, 2500, 0.01) > 0.05);
  t.true(pairedDropTest(68, 34, 5000, 0.01) > 0.05);
  t.true(pairedDropTest(150, 75, 10_000, 0.01) > 0.05);
});

test('no true drop beyond maxDrop is certified more often than the level, wherever in the hypothesis it lies', (t) => {
  for (const [n, maxDrop] of [
    [14, 0.1],
    [25, 0],
    [20, -0.15],
    [24, -0.005],
    [30, 0.02],
  ] as const) {
    const pValues = Array.from({ length: n + 1 }, (_, b) =>
      Array.from({ length: n + 1 - b }, (_, c) => pairedDropTest(b, c, n, maxDrop)),
    );
    for (let i = 0; i <= 12; i += 1) {
      for (let j = 0; j <= 24; j += 1) {
        const drop = maxDrop + (1 - maxDrop) * (i / 12) ** 3;
        const least = Math.max(0, -drop);
        const repair = least + ((1 - drop) / 2 - least) * (j / 24) ** 2;
        const table = trinomial(n, repair + drop, repair);
        for (const level of [0.01, 0.05, 0.2]) {
          let certified = 0;
          pValues.forEach((row, b) => {
            row.forEach((p, c) => {
              if (p <= level) certified += table[b]![c]!;
            });
          });
          t.true(certified <= level + 1e-12, `${certified} at drop ${drop}, P(repair) ${repair}`);
        }
      }
    }
  }
});

test('one break more never lowers the p-value beyond its stated precision', (t) => {
  const counts = fc
    .record({ n: fc.integer({ min: 2, max: 400 }), breaks: fc.nat(60), repairs: fc.nat(60) })
    .filter(({ n, breaks, repairs }) => breaks + repairs < n);
  fc.assert(
    fc.property(
      counts,
      fc.double({ min: -0.1, max: 0.2, noNaN: true }),
      fc.constantFrom(0, 1e-4),
      ({ n, breaks, repairs }, maxDrop, gamma) => {
        const fewer = pairedDropTest(breaks, repairs, n, maxDrop, gamma);
        const more = pairedDropTest(breaks + 1, repairs, n, maxDrop, gamma);
        t.true(more * 1.0021 + 2e-5 >= fewer, `${fewer} then ${more}`);
      },
    ),
  );
});

test('one repair more never raises the p-value over the full range beyond its stated precision', (t) => {
  const counts = fc
    .record({ n: fc.integer({ min: 2, max: 400 }), breaks: fc.nat(60), repairs: fc.nat(60) })
    .filter(({ n, breaks, repairs }) => breaks + repairs < n);
  fc.assert(
    fc.property(
      counts,
      fc.double({ min: -0.1, max: 0.2, noNaN: true }),
      ({ n, breaks, repairs }, maxDrop) => {
        const fewer = pairedDropTest(breaks, repairs, n, maxDrop, 0);
        const more = pairedDropTest(breaks, repairs + 1, n, maxDrop, 0);
        t.true(fewer * 1.0021 + 2e-5 >= more, `${fewer} then ${more}`);
      },
    ),
  );
});

test('a larger acceptable drop is certified at least as easily', (t) => {
  const pValues = [0, 0.005, 0.008, 0.01, 0.02, 0.05].map((maxDrop) => pairedDropTest(26, 13, 2500, maxDrop));
  t.deepEqual(
    pValues,
    [...pValues].sort((one, other) => other - one),
  );
});

test('data without a single discordant pair certify 1 % only when there are enough of them', (t) => {
  t.true(pairedDropTest(0, 0, 200, 0.01) > 0.05);
  // With no repair either the p-value is close to (1 − 0.01)ⁿ.
  t.true(pairedDropTest(0, 0, 400, 0.01) <= 0.05);
});

test('an observed gain demanded beyond what the interval of repairs allows is not certified', (t) => {
  t.is(pairedDropTest(0, 5, 1000, -0.05), 1);
});

test('impossible counts, a drop in percent and an impossible gamma are refused', (t) => {
  t.throws(() => pairedDropTest(3, 3, 5, 0.01), { instanceOf: RangeError });
  t.throws(() => pairedDropTest(1, 1, 5, 1), { instanceOf: RangeError });
  t.throws(() => pairedDropTest(1, 1, 5, 0.01, 1), { instanceOf: RangeError });
});
