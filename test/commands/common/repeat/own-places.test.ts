import path from 'node:path';
import test from 'ava';
import { checkPlaces } from '../../../../lib/commands/common/repeat/own-places.js';
import { CascadeError } from '../../../../lib/errors.js';
import type { RunRecord } from '../../../../lib/report/results/run-record.js';

const NOTHING_TYPED = { operands: [], texts: {} };
const OUTSIDE = path.resolve('..', 'theirs');

function record(more: Partial<RunRecord>): RunRecord {
  return { schema: 1, command: 'calibrate', arguments: ['mine.cascade'], ...more };
}

test('a record writes below the folder that one is in, and where it lies', (t) => {
  const lying = path.join(OUTSIDE, 'mine', 'calibrate.run.json');
  for (const [results, file] of [
    ['results', 'mine.json'],
    [path.resolve('results'), lying],
    [OUTSIDE, lying],
  ] as const)
    t.notThrows(() => checkPlaces(record({ options: { results } }), file, NOTHING_TYPED), results);
  t.notThrows(() => checkPlaces(record({}), lying, NOTHING_TYPED));
});

test('another place is written only if it is typed', (t) => {
  for (const results of ['..', OUTSIDE, path.join('..', 'theirs')]) {
    const elsewhere = record({ options: { results } });
    t.throws(() => checkPlaces(elsewhere, 'mine.json', NOTHING_TYPED), {
      instanceOf: CascadeError,
      message: `mine.json writes into ${results}, which is neither below this folder nor where the record lies; if that is meant, type it: cascade calibrate --results ${results} --config mine.json.`,
    });
    t.notThrows(() => checkPlaces(elsewhere, 'mine.json', { operands: [], texts: { results } }));
  }
  const theirs = record({ arguments: ['../theirs.cascade'] });
  t.throws(() => checkPlaces(theirs, 'mine.json', NOTHING_TYPED), {
    message:
      'mine.json changes ../theirs.cascade, which is not below this folder; if that is meant, type it: cascade calibrate ../theirs.cascade --config mine.json.',
  });
  t.notThrows(() => checkPlaces(theirs, 'mine.json', { operands: ['../theirs.cascade'], texts: {} }));
  t.notThrows(
    () => checkPlaces({ ...theirs, command: 'eval' }, 'mine.json', NOTHING_TYPED),
    'eval only reads it',
  );
});

test('what reads as an option is none of the arguments', (t) => {
  t.throws(() => checkPlaces(record({ arguments: ['--results=/tmp'] }), 'mine.json', NOTHING_TYPED), {
    message: 'mine.json has the argument "--results=/tmp", which is an option; put it there.',
  });
});
