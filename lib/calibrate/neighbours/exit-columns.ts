import { exitSummary } from '../../exits/exit-summary.js';
import type { ExitColumn, ExitCosts, ExitTable } from '../../exits/exit-table.js';
import { type ExitTables, fixedTables } from '../../exits/exit-tables.js';
import { correctness, type RecordedOutputs } from '../../exits/recorded-outputs.js';

/** What was right of some logits under some labels; a method asks it for each of its policies. */
interface Judged {
  readonly labels: Uint16Array;
  readonly top: number;
  readonly correct: Uint8Array;
}

const judged = new WeakMap<Float32Array | Float64Array, Judged>();

/** As `correctness` says, once for the same logits. */
export function knownCorrectness(
  logits: Float32Array | Float64Array,
  outputs: Pick<RecordedOutputs, 'labels' | 'classes'>,
  top: number,
): Uint8Array {
  const { labels } = outputs;
  const known = judged.get(logits);
  if (known?.labels === labels && known.top === top) return known.correct;
  const correct = correctness(logits, outputs, top);
  judged.set(logits, { labels, top, correct });
  return correct;
}

/** What every exit says by itself: the largest softmax output, and whether it is right. */
export function softmaxColumns(outputs: RecordedOutputs, top: number): readonly ExitColumn[] {
  return outputs.exitLogits.map((logits) => ({
    confidence: exitSummary(logits, outputs.classes).confidence,
    correct: knownCorrectness(logits, outputs, top),
  }));
}

/** The exits' answers with scores of a method's own. @param addedMacs of each exit, for what the method computes there. */
export function scoredBy(
  outputs: RecordedOutputs,
  top: number,
  scores: readonly Float64Array[],
  addedMacs?: readonly number[],
): ExitTables {
  const exits = outputs.exitLogits.map((logits, exit) => ({
    confidence: scores[exit]!,
    correct: knownCorrectness(logits, outputs, top),
  }));
  return tablesOf(outputs, top, exits, addedMacs);
}

/** Tables of columns that a method has made itself. */
export function tablesOf(
  outputs: RecordedOutputs,
  top: number,
  exits: readonly ExitColumn[],
  addedMacs?: readonly number[],
): ExitTables {
  const table: ExitTable = {
    images: outputs.labels.length,
    exits,
    fullCorrect: knownCorrectness(outputs.fullLogits, outputs, top),
    costs: addedMacs === undefined ? outputs.costs : chargedCosts(outputs.costs, addedMacs),
  };
  return fixedTables(table);
}

/** Costs with multiply-accumulates added to the heads, at what one costs in their currency. */
function chargedCosts(costs: ExitCosts, addedMacs: readonly number[]): ExitCosts {
  const { macPrice = 1 } = costs;
  return { ...costs, heads: costs.heads.map((head, exit) => head + macPrice * addedMacs[exit]!) };
}
