import { shortJson } from '../../files/short-json.js';
import { damaged } from '../damaged.js';
import { quoted } from '../quoted.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object's members; none for anything else. */
export function membersOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text; for anything else undefined, since turning it into text may call what a file has put there. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A value as an error repeats it, text in quotation marks. */
export function shownJson(value: unknown): string {
  return quoted(value === undefined ? 'nothing' : shortJson(value));
}

/** The same with text as it is. */
export function shownText(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : shownJson(value);
}

/** @throws CascadeError if the text is not JSON. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(file, error);
  }
}
