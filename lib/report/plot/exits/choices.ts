import { grouped } from '../../../counted.js';
import { type ChoiceRow, tellingWords } from '../choice-words.js';
import { criterionWords, methodWords } from '../method-words.js';
import { distinct, naming, shortNames } from '../naming.js';

/** What rows of exits say besides of the choice of thresholds that they are of. */
interface ExitChoiceRow extends ChoiceRow {
  readonly cascade: string;
  readonly dataset: string;
  readonly split: 'calibration' | 'test';
  readonly method: string;
  readonly criterion: string;
  readonly exit: number;
}

/** The rows of one choice of thresholds. */
export interface Choice<R> {
  /** Short name of the cascade. */
  readonly run: string;
  /** What tells the choice from others of the cascade. */
  readonly asked: string;
  /** By exits. */
  readonly rows: readonly R[];
}

/**
 * Puts rows of exits together by the choice of thresholds that they are of. Test rows alone if there are any.
 *
 * @param rows of each choice in the order of its exits.
 */
export function choicesOf<R extends ExitChoiceRow>(all: readonly R[]): readonly Choice<R>[] {
  const split = all.some((row) => row.split === 'test') ? 'test' : 'calibration';
  const rows = all.filter((row) => row.split === split);
  const short = shortNames(distinct(rows.map(({ cascade }) => cascade)));
  const runOf = naming(rows, (row) => short(row.cascade), [({ dataset }) => dataset]);
  const methodName = naming(rows, (row) => methodWords(row.method), [(row) => criterionWords(row.criterion)]);
  const groups: R[][] = [];
  for (const row of rows) {
    const last = groups.at(-1)?.at(-1);
    const goesOn = last !== undefined && row.exit >= last.exit && row.cascade === last.cascade;
    if (goesOn) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups.map((own) => {
    const [first] = own as [R, ...R[]];
    const beside = rows.filter((row) => runOf(row) === runOf(first));
    return { run: runOf(first), asked: tellingWords(beside, methodName)(first), rows: own };
  });
}

/** "5,000 images that no choice has seen", or what else they are. */
export function imagesWords(
  rows: readonly { readonly split: string; readonly images: number | null }[],
): string {
  const { split, images } = rows[0]!;
  const count = images === null ? '' : `${grouped(images)} `;
  return split === 'test'
    ? `${count}test images that no choice has seen`
    : `${count}calibration images, on which thresholds were chosen`;
}
