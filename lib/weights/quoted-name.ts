/** Most characters of a name that an error repeats: enough to find it by, and few enough for one sentence. */
const MOST_CHARACTERS = 80;

/** A name from a file as an error repeats it: cut short, its control characters escaped. */
export function quotedName(name: string): string {
  const shown = name.length > MOST_CHARACTERS ? `${name.slice(0, MOST_CHARACTERS - 1)}…` : name;
  return shown.replace(
    /[\p{Cc}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
