import test from 'ava';
import fc from 'fast-check';
import {
  parseConfidence,
  parseCount,
  parseDrop,
  parseDrops,
  parseFolder,
  parseImageSize,
  parseMacs,
  parsePercentage,
  parsePercentages,
  parseWeight,
} from '../../../lib/commands/common/parse.js';

/** How Commander is told that a text is not valid. */
const REFUSED = { code: 'commander.invalidArgument' };

test('1%, 1pt and 0.01 mean the same', (t) => {
  for (const text of ['1%', '1 %', '1pt', '1pp', '0.01', '.01']) t.is(parsePercentage(text), 0.01);
});

test('a percentage of a hundredth part is read back from its text', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        const percentage = hundredths / 100;
        return parsePercentage(`${percentage}%`) === percentage / 100;
      }),
    ),
  );
});

test('negative, empty, more than whole and other texts are no percentages', (t) => {
  for (const text of ['-1%', '', '%', '101%', '1', '2', 'one', '1%%', '1e-2', 'NaN']) {
    t.throws(() => parsePercentage(text), REFUSED, text);
  }
});

test('a drop may be 0 or, for a gain, less', (t) => {
  for (const text of ['-0.5%', '−0.5 %', '-0.5pt', '-0.005']) t.is(parseDrop(text), -0.005, text);
  for (const text of ['0', '0%', '-0', '-0%']) t.is(parseDrop(text), 0, text);
  t.is(parseDrop('1%'), 0.01);
  for (const text of ['--1%', '-100%', '-2', '- ', '-', '101%'])
    t.throws(() => parseDrop(text), REFUSED, text);
  t.deepEqual(parseDrops('-0.5%,0,1%'), [-0.005, 0, 0.01]);
});

test('a weight is a number or auto', (t) => {
  t.is(parseWeight('auto'), 'auto');
  t.is(parseWeight('0.4'), 0.4);
  t.throws(() => parseWeight('much'), REFUSED);
});

test('several percentages are separated by commas', (t) => {
  t.deepEqual(parsePercentages('0.5%,1%,0.02'), [0.005, 0.01, 0.02]);
});

test('a confidence may be none, and is at least one half', (t) => {
  t.is(parseConfidence('none'), 'none');
  t.is(parseConfidence('95%'), 0.95);
  t.throws(() => parseConfidence('10%'), REFUSED);
  t.throws(() => parseConfidence('100%'), REFUSED);
});

test('counts are whole numbers without a sign', (t) => {
  t.is(parseCount('042'), 42);
  for (const text of ['-1', '1.5', '', '1e3']) t.throws(() => parseCount(text), REFUSED, text);
});

test('MACs take unit prefixes', (t) => {
  t.deepEqual(parseMacs('900,1.5k,42.9M,2G'), [900, 1500, 42_900_000, 2_000_000_000]);
  t.throws(() => parseMacs('1T'), REFUSED);
});

test('an image size is a height and a width, or one number for both', (t) => {
  t.deepEqual(parseImageSize('32'), [32, 32]);
  t.deepEqual(parseImageSize('32x40'), [32, 40]);
  t.throws(() => parseImageSize('0'), REFUSED);
  t.throws(() => parseImageSize('32x'), REFUSED);
});

test('separators at the end of a folder are taken off, the root excepted', (t) => {
  t.is(parseFolder('a/b.cascade//'), 'a/b.cascade');
  t.is(parseFolder('/'), '/');
});
