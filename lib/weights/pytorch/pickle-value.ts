/** A class or function that a pickle names. It is never looked up, let alone called. */
export class PickleGlobal {
  constructor(readonly path: string) {}
}

/** What stands where a pickle would have something made that cascade does not know: its parts as data, nothing executed. */
export class PickleObject {
  /** What `__setstate__` would be given; undefined where nothing is. */
  state: PickleValue | undefined;
  /** Items set on it, as on a dictionary; undefined where there are none. */
  entries: Map<PickleValue, PickleValue> | undefined;

  constructor(
    /** The class or function that would make it, e.g. `argparse.Namespace`. */
    readonly path: string,
    /** What that would be given. */
    readonly values: readonly PickleValue[] = [],
  ) {}
}

/**
 * Lists and tuples are arrays, dictionaries maps, sets sets, bytes buffers; other objects are those that the dialect makes, or a
 * `PickleObject`.
 */
export type PickleValue = null | boolean | number | bigint | string | object;
