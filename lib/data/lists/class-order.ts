import { CascadeError } from '../../errors.js';
import { matchNames, type NameMatch } from './match-names.js';

/** Which class each of some names stands for, and what to tell of a pairing that names did not decide. */
export interface ClassOrder {
  readonly classes: readonly number[];
  readonly note?: string;
}

/** Names of classes that a file or folder gives, and where it does. */
export interface GivenNames {
  readonly names: readonly string[];
  /** In errors and notes, e.g. `photos/train has folders`. */
  readonly source: string;
}

/** Pairs and names that a sentence shows. */
const MOST_SHOWN = 3;

/**
 * Pairs the names that data gives with the classes of a description: by name, or by the first of synonyms; by place, and with a note,
 * where the two lists have no name in common.
 *
 * @param wanted as many names as are given.
 * @throws CascadeError if some of the names are in both lists and others are not, or a name is in one of them twice.
 */
export function orderByName(
  { names, source }: GivenNames,
  wanted: readonly string[],
  wantedName: 'class_names' | 'class_ids',
): ClassOrder {
  const whole = matchNames(names, wanted);
  const first = matchNames(names.map(firstSynonym), wanted.map(firstSynonym));
  const match = whole.kind === 'matched' || first.kind !== 'matched' ? whole : first;
  return orderBy(match, { names, source }, wanted, wantedName);
}

function orderBy(
  match: NameMatch,
  { names, source }: GivenNames,
  wanted: readonly string[],
  wantedName: string,
): ClassOrder {
  if (match.kind === 'matched') return { classes: match.places };
  if (match.kind === 'partial') throw new CascadeError(`${source} ${mismatch(match, wantedName)}.`);
  const pairs = names.map((name, place) => `${name} is ${wanted[place]}`);
  return {
    classes: names.map((_, place) => place),
    note: `${source} that are none of the ${wantedName}; they are taken in their order: ${shown(pairs)}.`,
  };
}

/** The first of synonyms, as in ImageNet's "tench, Tinca tinca". */
const firstSynonym = (name: string): string => name.split(',')[0]!;

/** Least share of names in their places in both lists with which a few others are no sign of another order. */
const SHARE_IN_PLACE = 0.9;

/**
 * The same for names whose numbers an image's label is. Long lists that were edited by hand go together, too: where nine of ten names
 * stand at their places, the others are taken for other words for the same.
 *
 * @throws CascadeError as `orderByName` does.
 */
export function orderOfNumbers({ names, source }: GivenNames, wanted: readonly string[]): ClassOrder {
  const match = matchNames(names.map(firstSynonym), wanted.map(firstSynonym));
  const inPlace =
    match.kind === 'partial' && match.pairs.every(([place, wantedPlace]) => place === wantedPlace)
      ? match.pairs
      : [];
  if (inPlace.length < SHARE_IN_PLACE * names.length)
    return orderBy(match, { names, source }, wanted, 'class_names');
  const matched = new Set(inPlace.map(([place]) => place));
  const pairs = names.flatMap((name, place) => (matched.has(place) ? [] : [`${name} is ${wanted[place]}`]));
  return {
    classes: names.map((_, place) => place),
    note: `${source} of which some are called otherwise in class_names; they are taken in their order: ${shown(pairs)}.`,
  };
}

/** What keeps two lists from going together, to go on behind "has folders". */
function mismatch(
  { strangers, missing }: Extract<NameMatch, { kind: 'partial' }>,
  wantedName: string,
): string {
  const remedy = 'write the names alike in both, or list in class_ids what the classes are called there';
  const lacked = missing.length === 0 ? '' : ` none for ${shown(missing)} of the ${wantedName}`;
  if (strangers.length === 0)
    return `${lacked === '' ? 'that mean the same class' : `but${lacked}`}; ${remedy}`;
  return `named ${shown(strangers)}, which the ${wantedName} lack${lacked === '' ? '' : `, and${lacked}`}; ${remedy}`;
}

/** The first of some texts, and how many more there are. */
export function shown(texts: readonly string[]): string {
  const rest = texts.length - MOST_SHOWN;
  return `${texts.slice(0, MOST_SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
