/** How two lists of names go together. */
export type NameMatch =
  /** Every name of the one is one of the other; of each of the first, its place in the second. */
  | { readonly kind: 'matched'; readonly places: readonly number[] }
  /** They have no name in common. */
  | { readonly kind: 'unrelated' }
  /** Some names are in both: those of each list that are not in the other, and the pairs of places of the others. */
  | {
      readonly kind: 'partial';
      readonly strangers: readonly string[];
      readonly missing: readonly string[];
      readonly pairs: readonly (readonly [place: number, wantedPlace: number])[];
    };

/** A name as different hands write it: capitals, spaces, hyphens, underscores and ways of writing an accent do not count. */
export function looseName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

/**
 * Finds each name of a list in another: letter by letter, else, if that does not find all, without regard to capitals and
 * separators as long as that leaves each list's names apart.
 *
 * @example matchNames(['big_cat', 'dog'], ['Dog', 'Big Cat']) // { kind: 'matched', places: [1, 0] }
 */
export function matchNames(names: readonly string[], wanted: readonly string[]): NameMatch {
  const exact = placesOf(names, wanted);
  if (isWhole(exact, wanted)) return { kind: 'matched', places: exact };
  const [loose, looseWanted] = [names.map(looseName), wanted.map(looseName)];
  const isTold = areDistinct(loose) && areDistinct(looseWanted);
  const places = isTold ? placesOf(loose, looseWanted) : exact;
  if (isWhole(places, wanted)) return { kind: 'matched', places };
  const pairs = places.flatMap((place, index) => (place < 0 ? [] : [[index, place] as const]));
  if (pairs.length === 0) return { kind: 'unrelated' };
  const found = new Set(places);
  return {
    kind: 'partial',
    strangers: names.filter((_, index) => places[index]! < 0),
    missing: wanted.filter((_, place) => !found.has(place)),
    pairs,
  };
}

function placesOf(names: readonly string[], wanted: readonly string[]): number[] {
  const places = new Map(wanted.map((name, place) => [name, place]));
  return names.map((name) => places.get(name) ?? -1);
}

function isWhole(places: readonly number[], wanted: readonly string[]): boolean {
  return places.length === wanted.length && !places.includes(-1) && areDistinct(places);
}

function areDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
