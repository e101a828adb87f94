/** Names rows by one column, and by further ones of several values: "small", or "small (cifar100)". */
export function naming<R>(
  rows: readonly R[],
  name: (row: R) => string,
  more: readonly ((row: R) => string)[],
): (row: R) => string {
  const telling = more.filter(
    (column) => distinct(rows.map(column).filter((value) => value !== '')).length > 1,
  );
  return (row) => {
    const extra = telling.map((column) => column(row)).filter((value) => value !== '');
    return extra.length === 0 ? name(row) : `${name(row)} (${extra.join(', ')})`;
  };
}

/** The values without repetitions, in order of first appearance. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

/**
 * Names of folders without what all of them begin with, up to a sign that parts words: "resnet20" and "resnet56-conv" of
 * "cifar10-resnet20" and "cifar10-resnet56-conv". A single name stays as it is, and none becomes empty.
 */
export function shortNames(names: readonly string[]): (name: string) => string {
  const [first = ''] = names;
  if (distinct(names).length < 2) return (name) => name;
  const ends = [...first.matchAll(/[-_. ]/g)].map(({ index }) => index + 1);
  const shared = ends.filter((end) =>
    names.every((name) => name.length > end && name.startsWith(first.slice(0, end))),
  );
  const cut = shared.at(-1) ?? 0;
  return (name) => name.slice(cut);
}

/** "a", "a and b", "a, b and c". */
export function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
}
