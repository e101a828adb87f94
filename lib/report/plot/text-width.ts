/** Advance widths of DejaVu Sans in em, from its `hmtx` table, rounded up to classes of characters. */
const ADVANCES: readonly (readonly [characters: string, em: number])[] = [
  ["'ijlIJ", 0.29],
  [' .,:;/', 0.34],
  ['ft()-r', 0.41],
  ['csz', 0.55],
  ['kvxyFL', 0.59],
  ['abdeghnopquEPSTY0123456789_', 0.64],
  ['ABCKRVXZ', 0.7],
  ['DGHNOQUw', 0.82],
  ['mMW%', 0.98],
];

/** Width of a character that is not in the table: large, since a label may be too narrow but must never be cut. */
const UNKNOWN_ADVANCE = 0.85;

const advanceOf = new Map(
  ADVANCES.flatMap(([characters, em]) => [...characters].map((character) => [character, em] as const)),
);

/** Width in pixels of one line of DejaVu Sans, within a few percent and rather too wide than too narrow. */
export function textWidth(text: string, fontSize: number): number {
  return (
    [...text].reduce((em, character) => em + (advanceOf.get(character) ?? UNKNOWN_ADVANCE), 0) * fontSize
  );
}

/** Breaks text between words into lines of at most `width` pixels; a longer single word has a line of its own. */
export function wrapText(text: string, fontSize: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, fontSize) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
