/**
 * The first key that the outermost object of a JSON text has twice, of which `JSON.parse` would keep the last; undefined if there is
 * none.
 *
 * @param text valid JSON.
 * @example repeatedKey('{"a": 1, "b": {"a": 2}, "a": 3}'); // 'a'
 */
export function repeatedKey(text: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  let isKey = false;
  for (let position = 0; position < text.length; position++) {
    const character = text[position];
    if (character === '{' || character === '[') {
      depth++;
      isKey = depth === 1;
    } else if (character === '}' || character === ']') depth--;
    else if (character === ',') isKey = depth === 1;
    else if (character === '"') {
      const end = endOfString(text, position);
      if (isKey) {
        const key: string = JSON.parse(text.slice(position, end));
        if (seen.has(key)) return key;
        seen.add(key);
        isKey = false;
      }
      position = end - 1;
    }
  }
  return undefined;
}

/** Where the string that begins somewhere has ended. */
function endOfString(text: string, start: number): number {
  let position = start + 1;
  while (text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  return position + 1;
}
