import { counted } from '../counted.js';
import { CascadeError, usageError } from '../errors.js';
import { elementCount, type Tensor } from '../network/tensor.js';
import { isBookkeeping, isOutside, withoutWrappers } from './parameter-names.js';
import type { StateDict } from './pytorch/state-dict.js';
import { listed, quoted } from './quoted.js';
import { FIRST_BLOCKS, findArchitecture, misfits } from './recognize.js';

/** Tensors of a file that may be a network's, under the names that they have in the network. */
export interface Reading {
  /** Keys and prefix that lead to them, with dots, e.g. `state_dict.model`; `.` for those at the top of the file. */
  readonly key: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** What stands in place of tensors, by name: the class of each. */
  readonly foreign: ReadonlyMap<string, string>;
  /** Names of tensors beside it in the same dictionary. */
  readonly leftOut: readonly string[];
}

/** A reading that was chosen, and what to say of the choice. */
export interface ChosenTensors extends Reading {
  readonly notes: readonly string[];
}

/** Most networks that one dictionary is searched for, and most dictionaries that may hold one. */
const MOST_PREFIXES = 8;
const MOST_DICTIONARIES = 200;

/** Keys of trained weights, by preference; others come after them as they stand in the file, and averages of weights last. */
const PREFERRED = ['state_dict', 'model', 'model_state_dict', 'model_state', 'net'];
const AVERAGED = /ema|average|swa|teacher/i;

/**
 * Which tensors of a file are the network. Of several, one that fits an architecture to the last tensor comes before one that only
 * looks like it, a larger one before a smaller one, and then the one whose key is preferred: `state_dict`, `model`,
 * `model_state_dict`, `model_state`, `net`, any other, averaged weights (EMA, SWA, a teacher).
 *
 * @param key of the reading, or of a dictionary that holds it; undefined leaves the choice to the order above.
 * @param file named in the errors.
 * @throws CascadeError if the key leads to no tensors, saying which do.
 */
export function chooseTensors(
  dictionaries: readonly StateDict[],
  key: string | undefined,
  file: string,
): ChosenTensors {
  const readings = dictionaries.flatMap(readingsOf);
  const asked = key === undefined ? readings : readingsUnder(readings, key, file);
  const likely = asked.filter(({ isLikely }) => isLikely);
  if (likely.length > MOST_DICTIONARIES) {
    throw new CascadeError(
      `${file} holds more than ${MOST_DICTIONARIES} dictionaries that look like networks, the most that cascade compares; name one with --key.`,
    );
  }
  const ranked = likely.map((reading) => ranking(reading, file)).sort(byRank);
  const [best] = ranked;
  if (best === undefined) return { ...asked.reduce(larger), notes: [] };
  const rivals = ranked.filter(({ fit }) => fit === best.fit);
  const notes = [
    ...(best.fit > 0 && rivals.length > 1
      ? [
          choiceNote(
            rivals.map(({ reading }) => reading),
            file,
          ),
        ]
      : []),
    ...(best.reading.leftOut.length > 0 ? [leftOutNote(best.reading, file)] : []),
  ];
  return { ...best.reading, notes };
}

interface FoundReading extends Reading {
  /** Whether there is a first block of a network. */
  readonly isLikely: boolean;
  readonly path: readonly string[];
}

/** The networks that a dictionary seems to hold, each behind a prefix of its own, or else all of its tensors. */
function readingsOf({ path, tensors: all, foreign: allForeign }: StateDict): readonly FoundReading[] {
  const [tensors, foreign] = [tidied(all), tidied(allForeign)];
  const prefixes = prefixesOf([...tensors.keys(), ...foreign.keys()]);
  if (prefixes.length === 0) {
    return [{ path, key: keyOf(path), tensors, foreign, leftOut: [], isLikely: false }];
  }
  const [own, ownForeign] = [byPrefix(prefixes, tensors), byPrefix(prefixes, foreign)];
  const beside = [...own.get(undefined)!.keys()];
  return prefixes.map((prefix) => {
    const way = [...path, ...prefix.split('.').slice(0, -1)];
    const inside = own.get(prefix)!;
    const outside = [...inside.keys()].filter(isOutside);
    for (const name of outside) inside.delete(name);
    return {
      path: way,
      key: keyOf(way),
      tensors: inside,
      foreign: ownForeign.get(prefix)!,
      leftOut: [...beside, ...outside.map((name) => `${prefix}${name}`)],
      isLikely: true,
    };
  });
}

/** Entries under the longest prefix that each has, without it; those that have none under undefined. */
function byPrefix<T>(
  prefixes: readonly string[],
  entries: ReadonlyMap<string, T>,
): ReadonlyMap<string | undefined, Map<string, T>> {
  const groups = new Map<string | undefined, Map<string, T>>([[undefined, new Map()]]);
  for (const prefix of prefixes) groups.set(prefix, new Map());
  const longestFirst = [...prefixes].sort((one, other) => other.length - one.length);
  for (const [name, value] of entries) {
    const prefix = longestFirst.find((candidate) => name.startsWith(candidate));
    groups.get(prefix)!.set(name.slice(prefix?.length ?? 0), value);
  }
  return groups;
}

function keyOf(path: readonly string[]): string {
  return path.join('.') || '.';
}

/** What stands before the names of a first block, the most frequent first. */
function prefixesOf(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (const block of FIRST_BLOCKS) {
      const place = name.startsWith(block) ? 0 : name.indexOf(`.${block}`) + 1;
      if (place === 0 && !name.startsWith(block)) continue;
      const prefix = name.slice(0, place);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const ordered = [...counts].sort(([, one], [, other]) => other - one);
  return ordered.slice(0, MOST_PREFIXES).map(([prefix]) => prefix);
}

/** Without bookkeeping, and without what wraps modules unless two names would become one. */
function tidied<T>(entries: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const kept = [...entries].filter(([name]) => !isBookkeeping(name));
  const unwrapped = new Map(kept.map(([name, value]) => [withoutWrappers(name), value]));
  return unwrapped.size === kept.length ? unwrapped : new Map(kept);
}

/** Those that a key names: the very one, or else all inside what it names. */
function readingsUnder(
  readings: readonly FoundReading[],
  key: string,
  file: string,
): readonly FoundReading[] {
  const named = readings.filter((reading) => reading.key === key);
  if (named.length > 0) return named;
  const inside = readings.filter((reading) => reading.key.startsWith(`${key}.`));
  if (inside.length > 0) return inside;
  const likely = readings.filter(({ isLikely }) => isLikely);
  const keys = (likely.length > 0 ? likely : readings).map(({ key }) =>
    key === '.' ? '. (the top of the file)' : quoted(key),
  );
  throw usageError(
    `--key ${quoted(key)} leads to no tensors in ${file}, which has them under ${listed(keys)}.`,
  );
}

interface Ranked {
  readonly reading: FoundReading;
  /** 2: an architecture to the last tensor, 1: it looks like one, 0: it does not. */
  readonly fit: number;
  readonly elements: number;
  /** Place of its key among those preferred. */
  readonly preference: number;
}

function ranking(reading: FoundReading, file: string): Ranked {
  const candidate = findArchitecture(reading.tensors, file);
  const fits =
    candidate !== undefined &&
    misfits(candidate.graph(candidate.usualImageSize), reading.tensors).length === 0;
  return {
    reading,
    fit: fits ? 2 : candidate === undefined ? 0 : 1,
    elements: elementsOf(reading),
    preference: preferenceOf(reading.path),
  };
}

function byRank(one: Ranked, other: Ranked): number {
  return other.fit - one.fit || other.elements - one.elements || one.preference - other.preference;
}

function preferenceOf(path: readonly string[]): number {
  if (path.some((key) => AVERAGED.test(key))) return PREFERRED.length + 1;
  const place = PREFERRED.indexOf(path[0] ?? '');
  return place < 0 ? PREFERRED.length : place;
}

function elementsOf({ tensors }: Reading): number {
  let elements = 0;
  for (const { shape } of tensors.values()) elements += elementCount(shape);
  return elements;
}

function larger(one: FoundReading, other: FoundReading): FoundReading {
  return elementsOf(other) > elementsOf(one) ? other : one;
}

function choiceNote(rivals: readonly Reading[], file: string): string {
  const [chosen, ...others] = rivals.map(({ key }) => quoted(key));
  return `${file} holds ${rivals.length} networks: that under ${chosen} is read, not ${listed(others)} (--key chooses).`;
}

function leftOutNote({ leftOut }: Reading, file: string): string {
  const tensors = counted(leftOut.length, 'tensor');
  return `${file} holds ${tensors} beside the network, left out: ${listed(leftOut.map(quoted))}.`;
}
