import { printable } from '../printable.js';

/** Most characters of a name that are shown: enough to find it by, and few enough for one sentence. */
const LONGEST = 80;

/**
 * A name from a file as errors and notes show it: shortened in its middle, without characters that could move a terminal's cursor or
 * turn its text around.
 *
 * @example quoted('layer1.0.conv1.weight'); // 'layer1.0.conv1.weight'
 */
export function quoted(name: string): string {
  return printable(name, LONGEST);
}

/** Most names that a message lists one by one. */
const MOST_LISTED = 8;

/** Some parts of a sentence, or "nothing"; of many the first, and how many more there are. */
export function listed(items: readonly string[]): string {
  const named = items.slice(0, MOST_LISTED).join('; ');
  return items.length > MOST_LISTED ? `${named}; and ${items.length - MOST_LISTED} more` : named || 'nothing';
}
