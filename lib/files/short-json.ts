/** Levels of lists and objects, and entries of each, that are enough to know a value again. */
const DEEPEST = 4;
const MOST_ENTRIES = 20;

/** Stands for what is left out. */
const GAP = '…';

/**
 * A value of a JSON file as a message repeats it, of whatever depth and size it is: `JSON.stringify` fails on some thousand levels.
 *
 * @example shortJson({ a: [1, [2, [3, [4]]]] }) // '{"a":[1,[2,[3,"…"]]]}'
 */
export function shortJson(value: unknown): string {
  return JSON.stringify(shortened(value, DEEPEST)) ?? String(value);
}

function shortened(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return GAP;
  if (Array.isArray(value)) return value.slice(0, MOST_ENTRIES).map((each) => shortened(each, levels - 1));
  const entries = Object.entries(value).slice(0, MOST_ENTRIES);
  return Object.fromEntries(entries.map(([key, each]) => [key, shortened(each, levels - 1)]));
}
