import { systemReason } from '../errors.js';

/** Why bytes cannot be read: a decoder's own words, but not those in which a language complains of values that should not be there. */
export function damageReason(error: unknown): string {
  const isAccident =
    error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return isAccident ? 'it is damaged' : systemReason(error).split('\n')[0]!;
}
