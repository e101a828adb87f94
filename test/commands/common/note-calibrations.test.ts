import test from 'ava';
import type { Calibration } from '../../../lib/artifact/calibration.js';
import type { Calibrations } from '../../../lib/artifact/calibrations.js';
import { noteCalibrations } from '../../../lib/commands/common/note-calibrations.js';
import { SILENT } from '../../../lib/reporter.js';

function calibration(thresholds: readonly (number | null)[], name?: string): Calibration {
  return { rule: { thresholds }, ...(name && { name }) } as unknown as Calibration;
}

function notesOf(before: Calibrations, after: Calibrations): readonly string[] {
  const notes: string[] = [];
  noteCalibrations('my.cascade', before, after, { ...SILENT, note: (text) => notes.push(text) });
  return notes;
}

const [early, empty] = [calibration([0.5, null]), calibration([null, null])];

test('a calibration without exits that takes the place of one with some says how to go back', (t) => {
  const before = { all: [early], active: early };
  t.deepEqual(notesOf(before, { all: [early, empty], active: empty }), [
    'Calibration 2, the active one from now on, uses no exit, so that eval and run take the full network; `cascade show my.cascade --use 1` makes calibration 1, which uses some, active again.',
  ]);
  const other = calibration([0.7, 0.7]);
  t.deepEqual(notesOf(before, { all: [early, other], active: other }), []);
  t.deepEqual(notesOf({ all: [], active: undefined }, { all: [empty], active: empty }), []);
});

test('a name that moves to another calibration is told', (t) => {
  const [first, second] = [calibration([0.5], 'fast'), calibration([0.6], 'fast')];
  const after = { all: [calibration([0.5]), second], active: second };
  t.deepEqual(notesOf({ all: [first], active: first }, after), [
    'fast was the name of calibration 1 and is that of 2 now.',
  ]);
});
