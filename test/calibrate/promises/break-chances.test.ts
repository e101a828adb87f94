import test from 'ava';
import { breakChances } from '../../../lib/calibrate/promises/break-chances.js';
import { scoredTables } from '../../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

const IMAGES = 1000;
const TABLE = scoredTables(syntheticPopulation(IMAGES, 3, 4), DEFAULT_SCORING).table([true, true, true]);

const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, each) => total + each, 0);

test('chances get smaller the surer an exit is, and sum up to the breaks that were seen', (t) => {
  const chances = breakChances(TABLE);
  t.is(chances.length, 4);
  TABLE.exits.forEach(({ confidence, correct }, exit) => {
    const surestFirst = Array.from(confidence.keys()).sort((a, b) => confidence[b]! - confidence[a]!);
    const ordered = surestFirst.map((image) => chances[exit]![image]!);
    t.true(ordered.every((chance, place) => place === 0 || chance >= ordered[place - 1]!));
    const seen = sum(correct.map((right, image) => Number(TABLE.fullCorrect[image]! > right)));
    // Exactly so but for the prior of half an event.
    t.true(Math.abs(sum(chances[exit]!) - seen) < 0.6);
  });
  t.is(sum(chances[3]!), 0);
});

test('images of which an exit is equally sure have the same chance, be they all', (t) => {
  const [exit] = TABLE.exits;
  const even = { ...TABLE, exits: [{ ...exit!, confidence: new Float64Array(IMAGES).fill(0.5) }] };
  t.is(new Set(Array.from(breakChances(even)[0]!)).size, 1);
});
