/**
 * A seeded stream of uniform numbers in [0, 1) with 32 bits each: mulberry32 over a hashed seed. The same seed gives
 * the same stream on every machine, which the built-in generator cannot promise; it is not for secrets.
 *
 * @param seed any finite number; nearby seeds give unrelated streams.
 */
export function createRandom(seed: number): () => number {
  // The finaliser of MurmurHash3 spreads small seeds (0, 1, 2 …) over all 32 bits.
  let state = (seed + 0x9e3779b9) >>> 0;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  state = (state ^ (state >>> 16)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
