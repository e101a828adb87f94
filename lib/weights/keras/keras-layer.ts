import { CascadeError } from '../../errors.js';
import type { Pair } from '../../network/graph.js';
import { quoted } from '../quoted.js';
import { type JsonObject, membersOf, shownJson } from './json.js';

/** One of the models around a layer, or the layer itself. */
export interface PathStep {
  readonly name: string;
  readonly className: string;
  /** Place among the layers of this class in the same model, from 0, and their number. */
  readonly position: number;
  readonly siblings: number;
}

/** The models around a layer, outermost first, without the whole one; then the layer. */
export type LayerPath = readonly PathStep[];

/** One use of a layer, with its configuration's values read and checked. */
export class KerasLayer {
  constructor(
    readonly file: string,
    readonly path: LayerPath,
    /** Unique among all uses of all layers. */
    readonly name: string,
    readonly className: string,
    readonly config: JsonObject,
  ) {}

  /** What to say when the layer cannot be run. */
  refusal(fault: string): CascadeError {
    return new CascadeError(
      `${this.file} cannot be run: the layer ${quoted(this.name)} (${quoted(this.className)}) ${fault}.`,
    );
  }

  /** A finite number. */
  number(key: string, fallback?: number): number {
    const value = this.config[key] ?? fallback;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#unknown(key);
    return value;
  }

  /** A whole number above 0. */
  count(key: string, fallback?: number): number {
    const value = this.number(key, fallback);
    if (!Number.isSafeInteger(value) || value < 1) throw this.#unknown(key);
    return value;
  }

  /** Two whole numbers above 0; one number stands for both. */
  pair(key: string, fallback?: Pair): Pair {
    const value = this.config[key] ?? fallback;
    const [vertical, horizontal, ...more] = Array.isArray(value) ? value : [value, value];
    const isPair =
      more.length === 0 && [vertical, horizontal].every((size) => Number.isSafeInteger(size) && size > 0);
    if (!isPair) throw this.#unknown(key);
    return [vertical, horizontal];
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.config[key] ?? fallback;
    if (typeof value !== 'boolean') throw this.#unknown(key);
    return value;
  }

  /** One of some words. */
  word<Word extends string>(key: string, words: readonly Word[], fallback?: Word): Word {
    const value = this.config[key] ?? fallback;
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw this.#unknown(key);
    return word;
  }

  /** One or more finite numbers, however deeply nested, or written as a NumPy array. */
  numbers(key: string): readonly number[] {
    const value = this.config[key];
    const array = membersOf(membersOf(value)['config'])['value'] ?? value;
    const numbers = (Array.isArray(array) ? array.flat(Number.POSITIVE_INFINITY) : [array]) as number[];
    if (numbers.length === 0 || !numbers.every(Number.isFinite)) throw this.#unknown(key);
    return numbers;
  }

  /** Whether an axis, or a list of one, is the last of a value with so many axes, batch included. */
  isLastAxis(axes: number): boolean {
    const value = this.config['axis'] ?? -1;
    const [axis, ...more] = Array.isArray(value) ? value : [value];
    return more.length === 0 && (axis === -1 || axis === axes - 1);
  }

  #unknown(key: string): CascadeError {
    const value = this.config[key];
    return this.refusal(
      value === undefined ? `does not tell its ${key}` : `has the ${key} ${shownJson(value)}`,
    );
  }
}
