import type { Search } from '../../calibrate/calibrate.js';
import { passesDropTest } from '../../calibrate/disputes/passes.js';
import { makeUnlabelledPath, type UnlabelledPath } from '../../calibrate/disputes/unlabelled-path.js';
import { withinLabels } from '../../calibrate/disputes/within-labels.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';

/** What is to be promised, and how thresholds are looked for. */
export interface Question {
  readonly search: Search;
  /** A fraction; below 0 a gain. */
  readonly maxDrop: number;
  /** A fraction. */
  readonly confidence: number;
  /** Seed of the part of the images that makes the path, where one does. */
  readonly seed: number;
  /** The path ends before it could need more; null for the whole path. */
  readonly mostLabels: number | null;
}

/** A path, and its test. */
export interface AskedPath {
  readonly path: UnlabelledPath;
  readonly passes: ReturnType<typeof passesDropTest>;
}

/** The path that a question is answered by, made without labels: the same each time. */
export function askedPath(outputs: RecordedOutputs, question: Question): AskedPath {
  const { search, maxDrop, confidence, seed, mostLabels } = question;
  const path = makeUnlabelledPath(outputs, search, { kind: 'max-drop', drop: maxDrop }, seed);
  const passes = passesDropTest(path.images, maxDrop, confidence);
  return { path: mostLabels === null ? path : withinLabels(path, mostLabels, passes), passes };
}
