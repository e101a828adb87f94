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
