import { argmax } from '../stats/argmax.js';
import { costsOfExits, type ExitCosts, type ExitTable } from './exit-table.js';
import { type ExitTables, fixedTables, tablesOnDemand } from './exit-tables.js';
import { ExitHistory, isAmongTop, scoreExit, scoreLast } from './score-exit.js';
import { dependsOnEarlierExits, type Scoring } from './scoring.js';

/** Logits of all exits and of the full network for some images. */
export interface RecordedOutputs {
  readonly classes: number;
  /** The class of each image. */
  readonly labels: Uint16Array;
  /** For each exit, `classes` values an image. */
  readonly exitLogits: readonly Float32Array[];
  readonly fullLogits: Float32Array;
  readonly costs: ExitCosts;
}

/** The tables of recorded outputs under a way of scoring them. */
export function scoredTables(outputs: RecordedOutputs, scoring: Scoring): ExitTables {
  const make = (enabled: readonly boolean[]): ExitTable => scoredTable(outputs, scoring, enabled);
  return dependsOnEarlierExits(scoring)
    ? tablesOnDemand(outputs.labels.length, outputs.costs, make)
    : fixedTables(make(outputs.exitLogits.map(() => true)));
}

function scoredTable(outputs: RecordedOutputs, scoring: Scoring, enabled: readonly boolean[]): ExitTable {
  const { labels, costs } = outputs;
  const right = (values: ArrayLike<number>): Uint8Array => correctness(values, outputs, scoring.top);
  const disabled = {
    confidence: new Float64Array(labels.length),
    correct: new Uint8Array(labels.length),
  };
  const { exits, full, last } = judgedOutputs(outputs, scoring, enabled, right);
  return {
    images: labels.length,
    exits: exits.map((exit) =>
      exit === null ? disabled : { confidence: exit.confidence, correct: exit.judgement },
    ),
    fullCorrect: full,
    ...(last && { lastCorrect: last }),
    costs,
  };
}

/** 1 where the label is among the `top` likeliest classes, an image each. @param values `classes` an image. */
export function correctness(
  values: ArrayLike<number>,
  { labels, classes }: Pick<RecordedOutputs, 'labels' | 'classes'>,
  top: number,
): Uint8Array {
  return new Uint8Array(labels.length).map((_, image) =>
    Number(isAmongTop(values, image * classes, classes, labels[image]!, top)),
  );
}

/** What is made of the outputs of every exit and of the end of a cascade. */
export interface JudgedOutputs<Judgement> {
  /** Null for a disabled exit. */
  readonly exits: readonly ({ readonly confidence: Float64Array; readonly judgement: Judgement } | null)[];
  /** What the full network says by itself. */
  readonly full: Judgement;
  /** What a cascade says about an image that no exit lets leave; undefined where that is the full network by itself. */
  readonly last: Judgement | undefined;
}

/**
 * Scores the outputs of the enabled exits, one after another, and makes something of each.
 *
 * @param judge is given `classes` values an image.
 */
export function judgedOutputs<Judgement>(
  { labels, classes, exitLogits, fullLogits }: RecordedOutputs,
  scoring: Scoring,
  enabled: readonly boolean[],
  judge: (values: ArrayLike<number>) => Judgement,
): JudgedOutputs<Judgement> {
  const slots = Uint32Array.from(labels, (_, image) => image);
  const history = new ExitHistory(labels.length, classes);
  const exits = exitLogits.map((logits, exit) => {
    if (!enabled[exit]) return null;
    const { confidence, outputs } = scoreExit(scoring, logits, exit, history, slots);
    return { confidence, judgement: judge(outputs) };
  });
  return {
    exits,
    full: judge(fullLogits),
    last: scoring.lastAveraging ? judge(scoreLast(scoring, fullLogits, history, slots)) : undefined,
  };
}

/** The same outputs with the full network's predictions for labels: then "wrong" means that an exit disagrees with it. */
export function withoutLabels(outputs: RecordedOutputs): RecordedOutputs {
  const { classes, fullLogits, labels } = outputs;
  return {
    ...outputs,
    labels: Uint16Array.from(labels, (_, image) => argmax(fullLogits, image * classes, classes)),
  };
}

/** Some of the images, in the order given. */
export function outputRows(outputs: RecordedOutputs, rows: Uint32Array): RecordedOutputs {
  const { classes, labels, exitLogits, fullLogits, costs } = outputs;
  const taken = (logits: Float32Array): Float32Array => {
    const values = new Float32Array(rows.length * classes);
    rows.forEach((row, position) => {
      values.set(logits.subarray(row * classes, (row + 1) * classes), position * classes);
    });
    return values;
  };
  return {
    classes,
    labels: Uint16Array.from(rows, (row) => labels[row]!),
    exitLogits: exitLogits.map(taken),
    fullLogits: taken(fullLogits),
    costs,
  };
}

/** The same images with some of the exits only, by their positions. */
export function outputExits(outputs: RecordedOutputs, exits: readonly number[]): RecordedOutputs {
  const { exitLogits, costs } = outputs;
  return {
    ...outputs,
    exitLogits: exits.map((exit) => exitLogits[exit]!),
    costs: costsOfExits(costs, exits),
  };
}

/** The images of several recordings of the same exits, one after the other. @param parts at least one. */
export function joinedOutputs(parts: readonly RecordedOutputs[]): RecordedOutputs {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const joined = (pieces: readonly Float32Array[]): Float32Array => {
    const values = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const piece of pieces) {
      values.set(piece, offset);
      offset += piece.length;
    }
    return values;
  };
  return {
    ...first!,
    labels: Uint16Array.from(parts.flatMap(({ labels }) => [...labels])),
    exitLogits: first!.exitLogits.map((_, exit) => joined(parts.map(({ exitLogits }) => exitLogits[exit]!))),
    fullLogits: joined(parts.map(({ fullLogits }) => fullLogits)),
  };
}
