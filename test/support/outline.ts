/** Keys in their order; those of an object in braces, of an array's first element in brackets. */
export function outline(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${outline(value[0])}]`;
  if (typeof value !== 'object' || value === null) return '';
  const keys = Object.entries(value).map(([key, each]) => `${key}${outline(each)}`);
  return `{${keys.join(' ')}}`;
}
