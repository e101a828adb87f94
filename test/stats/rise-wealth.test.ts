import test from 'ava';
import { createRandom } from '../../lib/stats/random.js';
import {
  betOnRise,
  logRiseWealth,
  NO_RISE_WEALTH,
  RISE_ALTERNATIVES,
  type RiseWealth,
} from '../../lib/stats/rise-wealth.js';

function wealthAfter(hits: readonly boolean[], bound: number): RiseWealth {
  return hits.reduce(betOnRise(bound), NO_RISE_WEALTH);
}

function sequences(length: number): readonly (readonly boolean[])[] {
  return Array.from({ length: 2 ** length }, (_, bits) =>
    Array.from({ length }, (_, place) => ((bits >> place) & 1) === 1),
  );
}

test('the expected wealth is 1 where the rate is exactly the bound, and no more below it', (t) => {
  for (const bound of [0.003, 0.035, 0.3, 0.9]) {
    for (const rate of [bound, bound / 2]) {
      const expectation = sequences(10).reduce((sum, hits) => {
        const count = hits.filter(Boolean).length;
        const probability = rate ** count * (1 - rate) ** (10 - count);
        return sum + probability * Math.exp(logRiseWealth(wealthAfter(hits, bound)));
      }, 0);
      t.true(expectation < 1 + 1e-12);
      if (rate === bound) t.true(Math.abs(expectation - 1) < 1e-12, `${expectation} at ${bound}`);
    }
  }
});

test('the wealth is what each piece of money has become since it was laid', (t) => {
  // By another way: for each moment and alternative the likelihood ratio of everything since, from the definition.
  const bound = 0.1;
  const hits = [false, true, false, false, true, true, true, false, true, true];
  const reserve = (observations: number): number => 1 / Math.sqrt(1 + observations / 200);
  const angle = Math.asin(Math.sqrt(bound));
  let wealth = reserve(hits.length);
  for (let moment = 0; moment < hits.length; moment++) {
    for (let index = 0; index < RISE_ALTERNATIVES; index++) {
      const rate = Math.sin(angle + 0.9 * (Math.PI / 2 - angle) * (2 / 3) ** index) ** 2;
      const since = hits.slice(moment);
      const ratio = since.reduce(
        (product, isHit) => product * (isHit ? rate / bound : (1 - rate) / (1 - bound)),
        1,
      );
      wealth += ((reserve(moment) - reserve(moment + 1)) / RISE_ALTERNATIVES) * ratio;
    }
  }
  t.true(Math.abs(logRiseWealth(wealthAfter(hits, bound)) - Math.log(wealth)) < 1e-12);
});

test('before anything is observed the wealth is 1', (t) => {
  t.is(logRiseWealth(NO_RISE_WEALTH), 0);
});

test('of 500 streams at the bound no more ever reach 20 than Ville allows', (t) => {
  const random = createRandom(1);
  const next = betOnRise(0.05);
  let reached = 0;
  for (let stream = 0; stream < 500; stream++) {
    let wealth = NO_RISE_WEALTH;
    for (let image = 0; image < 500; image++) {
      wealth = next(wealth, random() < 0.05);
      if (logRiseWealth(wealth) < Math.log(20)) continue;
      reached++;
      break;
    }
  }
  // 25 are allowed in the mean; 40 or more come by chance once in 300 times.
  t.true(reached < 40, `${reached}`);
});

test('a rise after a long good time is found nearly as soon as one at the start', (t) => {
  const bound = 0.05;
  const rising = Array.from({ length: 400 }, (_, image) => image % 4 === 0);
  const next = betOnRise(bound);
  const delayAfter = (good: number): number => {
    let wealth = wealthAfter(
      Array.from({ length: good }, (_, image) => image % 40 === 0),
      bound,
    );
    const seen = rising.findIndex((isHit) => {
      wealth = next(wealth, isHit);
      return logRiseWealth(wealth) >= Math.log(40);
    });
    return seen === -1 ? Number.POSITIVE_INFINITY : seen;
  };
  t.true(delayAfter(0) < 50);
  t.true(delayAfter(5000) < 2 * delayAfter(0));
});

test('evidence too large for a double is still finite as a logarithm', (t) => {
  t.true(Number.isFinite(logRiseWealth(wealthAfter(new Array<boolean>(2000).fill(true), 0.01))));
});

test('a bound that no rate can rise above, or that is none, is refused', (t) => {
  for (const bound of [0, 1, 3, Number.NaN]) t.throws(() => betOnRise(bound), { instanceOf: RangeError });
});
