/**
 * A number from a file, if it is a whole one of at least 0 that is exact: a number or a big integer as they are, a text in decimal
 * digits alone. Whatever `Number` would also take, such as an empty text, null, true, `1e1` or `0x10`, is undefined.
 */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return /^\d+$/.test(value) ? wholeNumber(Number(value)) : undefined;
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
