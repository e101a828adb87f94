import { CascadeError } from '../../errors.js';
import type { DatasetDescription } from '../dataset-description.js';
import { looseName } from './match-names.js';

type Classes = Pick<DatasetDescription, 'class_ids' | 'class_names'>;

/** Which class a label stands for; undefined if for none. */
type Reading = (label: string) => number | undefined;

/** What all labels of a list mean, or the first of them that means nothing, or two things. */
export type ReadLabels =
  | { readonly kind: 'read'; readonly classes: readonly number[] }
  | { readonly kind: 'unknown'; readonly row: number }
  | { readonly kind: 'ambiguous'; readonly row: number };

/** How numbers among labels count. */
export interface LabelNumbers {
  /** The number of the first class. */
  readonly first: number;
  /** Class ids in the order that numbers count; that of the classes when left out. */
  readonly order?: readonly string[] | undefined;
}

/**
 * Reads labels as what fits the list as a whole: ids, numbers or names of classes, then ids and names without regard to capitals and
 * separators, and numbers written as `3.0`; a list may also mix them. Where numbers and names both fit and say different things, as with classes called "1" to "9" in
 * another order, no class is guessed: `class_ids` decides.
 */
export function readClassLabels(
  labels: readonly string[],
  { class_ids: ids = [], class_names: names }: Classes,
  numbers: LabelNumbers,
): ReadLabels {
  const distinct = [...new Set(labels)];
  const byId = lookUp(ids);
  const byNumber = numberReading(names.length, ids, numbers);
  const byName = lookUp(names);
  const fits = (reading: Reading): boolean => distinct.every((label) => reading(label) !== undefined);
  const all = [byId, byNumber, byName].filter(fits);
  const whole = all[0] === byId ? [byId] : all;
  const readings = whole.length > 0 ? whole : [byId, byNumber, byName];
  const [looseId, looseClass] = [lookUp(ids.map(looseName)), lookUp(names.map(looseName))];
  const loose: readonly Reading[] = [
    (label) => looseId(looseName(label)),
    (label) => looseClass(looseName(label)),
    (label) => (/^\d+\.0+$/.test(label) ? byNumber(label.replace(/\.0+$/, '')) : undefined),
  ];
  const known = new Map<string, number | undefined>();
  for (const label of distinct) {
    const id = byId(label);
    const found = new Set(
      (id === undefined ? readings : [byId]).map((read) => read(label)).filter((each) => each !== undefined),
    );
    if (found.size > 1) return { kind: 'ambiguous', row: labels.indexOf(label) };
    const [first = loose.map((read) => read(label)).find((each) => each !== undefined)] = found;
    if (first === undefined) return { kind: 'unknown', row: labels.indexOf(label) };
    known.set(label, first);
  }
  return { kind: 'read', classes: labels.map((label) => known.get(label)!) };
}

/** A text that two classes have in common stands for neither. */
function lookUp(texts: readonly string[]): Reading {
  const places = new Map<string, number | undefined>();
  for (const [place, text] of texts.entries()) places.set(text, places.has(text) ? undefined : place);
  return (label) => places.get(label);
}

function numberReading(classes: number, ids: readonly string[], { first, order }: LabelNumbers): Reading {
  const places = lookUp(Array.from({ length: classes }, (_, number) => String(number + first)));
  if (order === undefined) return places;
  const byId = lookUp(ids);
  return (label) => {
    const place = places(label);
    return place === undefined ? undefined : byId(order[place] ?? '');
  };
}

/** That a label is of no class, or of two. @param given as in `labels.txt gives a.png the label 7`. */
export function labelRefusal(
  kind: 'unknown' | 'ambiguous',
  given: string,
  { class_names: names }: Pick<Classes, 'class_names'>,
  firstNumber: number,
): CascadeError {
  return new CascadeError(
    kind === 'unknown'
      ? `${given}, which is none of the ${names.length} classes, numbered from ${firstNumber}.`
      : `${given}, which is the name of one class and the number of another; list in class_ids what the classes are called there.`,
  );
}
