import { membersOf } from './json.js';

/** The output of one use of a layer. */
export interface Reference {
  readonly layer: string;
  /** Which use, counted from 0. */
  readonly call: number;
}

const KERAS_TENSOR = '__keras_tensor__';

/**
 * The layers' outputs that a call or a list of inputs or outputs names, in order: `["conv", 0, 0, {…}]` in Keras 2,
 * `{"class_name": "__keras_tensor__", "config": {"keras_history": ["conv", 0, 0]}}` among the arguments in Keras 3.
 */
export function referencesIn(value: unknown): readonly Reference[] {
  if (Array.isArray(value)) {
    const [layer, call] = value;
    const isReference = typeof layer === 'string' && Number.isSafeInteger(call);
    return isReference ? [{ layer, call }] : value.flatMap(referencesIn);
  }
  const members = membersOf(value);
  if (members['class_name'] === KERAS_TENSOR)
    return referencesIn(membersOf(members['config'])['keras_history']);
  return [members['args'], ...Object.values(membersOf(members['kwargs']))].flatMap((argument) =>
    argument === undefined ? [] : referencesIn(argument),
  );
}
