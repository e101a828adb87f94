import type { Manifest } from '../../artifact/manifest.js';
import type { Answer } from '../../calibrate/disputes/dispute.js';
import { labelRefusal, readClassLabels } from '../../data/lists/class-labels.js';
import { readCsvList } from '../../data/lists/csv-list.js';
import { CascadeError } from '../../errors.js';
import { withFormula } from '../../files/formula.js';
import { readText } from '../../files/read-text.js';
import type { AskRecord } from './ask-record.js';

/** What stands for a class that is not among those that were offered. */
export const OTHER_CLASS = 'none of these';

/** The columns of `ask.csv` that are read. */
export const ANSWER_COLUMNS = { image: 'image', label: 'class' } as const;

/**
 * Reads the labels of images that were asked for: numbers or names of classes, or that it is none of those that were offered. An image with an empty
 * cell, or in no row, has no label yet.
 *
 * @returns labels by the number of the image.
 * @throws CascadeError naming the image whose label is of no class, that was not asked for, or has two labels.
 */
export async function readAnswers(
  file: string,
  { asked }: AskRecord,
  manifest: Pick<Manifest, 'class_names'>,
): Promise<ReadonlyMap<number, Answer>> {
  const remedy = 'keep the first row as cascade ask wrote it';
  const list = await readCsvList(await readText(file), file, ANSWER_COLUMNS, remedy);
  const numbers = new Map(asked.map(({ picture, image }) => [picture, image]));
  const given = new Map<number, string>();
  for (const { file: picture = '', label } of list) {
    const image = numbers.get(picture);
    if (image === undefined)
      throw new CascadeError(`${file} has a row for ${picture}, which was not asked for; take it out.`);
    const text = manifest.class_names.includes(label) ? label : withFormula(label);
    if (text === '') continue;
    if (given.has(image) && given.get(image) !== text)
      throw new CascadeError(
        `${file} gives ${picture} two classes, ${given.get(image)} and ${text}; keep one.`,
      );
    given.set(image, text);
  }
  const classes = { class_names: [...manifest.class_names] };
  const answers = new Map<number, Answer>();
  const known = [...given].filter(([, text]) => text !== OTHER_CLASS);
  const read = readClassLabels(
    known.map(([, text]) => text),
    classes,
    { first: 0 },
  );
  if (read.kind !== 'read') {
    const [image, text] = known[read.row]!;
    const { picture } = asked.find((each) => each.image === image)!;
    throw labelRefusal(read.kind, `${file} gives ${picture} the label ${text}`, classes, 0);
  }
  for (const [image] of given) answers.set(image, null);
  known.forEach(([image], row) => {
    answers.set(image, read.classes[row]!);
  });
  return answers;
}
