/** Most characters of a name that are shown. */
const LONGEST = 80;
/** Of them, those from its end: names of tensors differ there. */
const END = 20;

/**
 * A name from a file as errors and notes show it: shortened in its middle, without characters that could move a terminal's cursor or
 * turn its text around.
 *
 * @example quoted('layer1.0.conv1.weight'); // 'layer1.0.conv1.weight'
 */
export function quoted(name: string): string {
  const short = name.length <= LONGEST ? name : `${name.slice(0, LONGEST - END - 1)}…${name.slice(-END)}`;
  return short.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

/** Most names that a message lists one by one. */
const MOST_LISTED = 8;

/** Some parts of a sentence, or "nothing"; of many the first, and how many more there are. */
export function listed(items: readonly string[]): string {
  const named = items.slice(0, MOST_LISTED).join('; ');
  return items.length > MOST_LISTED ? `${named}; and ${items.length - MOST_LISTED} more` : named || 'nothing';
}
