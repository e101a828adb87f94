/** Characters of one line that move a terminal's cursor, end the line, or turn the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/gu;

/** More of a text from a file than anybody reads. */
const LONGEST = 2000;

/** In the place of what is left out. */
const GAP = ' … ';

/**
 * A text from anywhere (names of files, classes, columns) as one line that only shows itself: control characters and those that turn
 * the direction of writing are written as `\x1b` or `\u202e`, and the middle of a very long one is left out.
 *
 * @example printable('a\u001b[2Jb') // 'a\\x1b[2Jb'
 */
export function printable(text: string, longest = LONGEST): string {
  // Cut before, so that nothing huge is escaped, and behind, since what is escaped is longer.
  return shortened(shortened(text, longest).replace(UNPRINTABLE, escaped), longest);
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const kept = longest - GAP.length;
  const end = Math.floor(kept / 2);
  return `${text.slice(0, kept - end)}${GAP}${text.slice(-end)}`;
}

/** The same of a text of several lines, which stay lines, as long as they are. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\n' ? character : escaped(character)));
}

/** Past the ASCII control characters, which JSON escapes by itself, as JSON writes them, so that it stays the same JSON. */
function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x20
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
