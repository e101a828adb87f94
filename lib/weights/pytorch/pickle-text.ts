/** Most digits of an integer that is read as a number: their cost grows faster than their count. */
const MOST_DIGITS = 1000;

/** An integer's bytes, little-endian two's complement; undefined for one that is longer than any in a file of weights. */
export function binaryInteger(bytes: Buffer): number | bigint | undefined {
  if (bytes.length > MOST_DIGITS) return undefined;
  if (bytes.length === 0) return 0;
  const unsigned = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  return exact(BigInt.asIntN(8 * bytes.length, unsigned));
}

/** The text of INT and LONG, e.g. `12` or `12L`; undefined for a longer one, or none. */
export function textInteger(line: string): number | bigint | undefined {
  const digits = line.trim().replace(/L$/, '');
  return digits.length <= MOST_DIGITS && /^[+-]?\d+$/.test(digits) ? exact(BigInt(digits)) : undefined;
}

/** The text of FLOAT as Python's `repr` writes it; undefined for none. */
export function textFloat(line: string): number | undefined {
  const text = line.trim();
  const special = /^([+-]?)(inf|nan)/i.exec(text);
  if (special !== null) {
    const size = special[2]!.toLowerCase() === 'inf' ? Number.POSITIVE_INFINITY : Number.NaN;
    return special[1] === '-' ? -size : size;
  }
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? undefined : value;
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
]);

/** The text of STRING: a Python 2 string in quotes, a byte a character. */
export function quotedText(line: string): string {
  const text = line.trim();
  const isQuoted = text.length > 1 && text[0] === text.at(-1) && (text[0] === "'" || text[0] === '"');
  const inner = isQuoted ? text.slice(1, -1) : text;
  return inner.replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)/gs, (_, code: string) => {
    if (/^x../.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return ESCAPED.get(code) ?? code;
  });
}

/** The text of UNICODE: Latin-1 with `\uXXXX` and `\UXXXXXXXX` (Python's raw-unicode-escape). */
export function rawUnicodeText(line: string): string {
  return line.replace(/\\(?:u([0-9a-fA-F]{4})|U(00[01][0-9a-fA-F]{5}))/g, (match, short, long) => {
    const point = Number.parseInt(short ?? long, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : match;
  });
}

/** A bigint only where a number would not be exact. */
function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
