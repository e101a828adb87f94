import test from 'ava';
import { mostBreaksPassing, passesDropTest } from '../../../lib/calibrate/disputes/passes.js';
import { pairedDropTest } from '../../../lib/stats/paired-drop-test.js';

test('the most breaks that pass are those that a search through all finds', (t) => {
  for (const [images, drop, confidence] of [
    [60, 0.1, 0.95],
    [60, 0, 0.9],
    [40, -0.05, 0.8],
  ] as const) {
    const most = [...mostBreaksPassing(passesDropTest(images, drop, confidence), images)];
    t.is(most.length, images + 1);
    for (let repairs = 0; repairs <= 15; repairs++) {
      const passing = Array.from({ length: images - repairs + 1 }, (_, breaks) => breaks).filter(
        (breaks) => pairedDropTest(breaks, repairs, images, drop) <= 1 - confidence,
      );
      t.is(most[repairs], Math.max(-1, ...passing), `${images} images, ${drop}, ${repairs} repairs`);
    }
  }
});

test('of 5000 images 38 breaks certify one point, and 55 beside 20 repairs', (t) => {
  const most = mostBreaksPassing(passesDropTest(5000, 0.01, 0.95), 5000);
  const first = Array.from({ length: 21 }, () => most.next().value);
  t.is(first[0], 38);
  t.is(first[20], 55);
  t.true(pairedDropTest(38, 0, 5000, 0.01) <= 0.05);
  t.true(pairedDropTest(39, 0, 5000, 0.01) > 0.05);
});

test('what passes does so with one break less and with one repair more, for all outcomes of 40 images', (t) => {
  const images = 40;
  for (const drop of [-0.05, 0, 0.05, 0.2]) {
    const passes = passesDropTest(images, drop, 0.9);
    for (let breaks = 0; breaks < images; breaks++) {
      for (let repairs = 0; breaks + repairs < images; repairs++) {
        if (breaks > 0 && passes(breaks, repairs)) t.true(passes(breaks - 1, repairs));
        if (passes(breaks, repairs)) t.true(passes(breaks, repairs + 1));
      }
    }
  }
});
