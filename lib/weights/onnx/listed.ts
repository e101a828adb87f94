/** Most parts of a list that an error repeats: more than a tensor has axes. */
const MOST_SHOWN = 12;

/** Numbers from a file as an error repeats them, `[3, 8, 8]`; a long list cut short. */
export function listed(numbers: readonly (number | string)[]): string {
  return `[${enumerated(numbers)}]`;
}

/** The same without brackets: `images, labels`. */
export function enumerated(parts: readonly (number | string)[]): string {
  const shown = parts.slice(0, MOST_SHOWN).join(', ');
  return parts.length > MOST_SHOWN ? `${shown}, … (${parts.length} in all)` : shown;
}
