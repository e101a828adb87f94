import type { AskedImage } from '../../cascade/ask/ask.js';
import { ANSWER_COLUMNS } from '../../cascade/ask/read-answers.js';
import { csvText } from '../csv.js';

/** The rows of `ask.csv`: the file to look at, where it comes from, and a cell for its class. */
export function answerSheet(asked: readonly AskedImage[]): string {
  const header = [ANSWER_COLUMNS.image, 'file', ANSWER_COLUMNS.label];
  return `${header.join()}\n${asked.map((image) => `${answerRow(image)},\n`).join('')}`;
}

/** A row without its class. */
export function answerRow({ picture, file }: Pick<AskedImage, 'picture' | 'file'>): string {
  return csvText([{ picture, file }], { header: false }).trimEnd();
}
