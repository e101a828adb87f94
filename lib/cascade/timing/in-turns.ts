/** Something to be timed; gives what it took, by its own clock. */
export type Timed = (round: number) => Promise<number>;

export interface TurnOptions {
  /** How often each is run; once more at first, to warm up caches and thread pools. */
  readonly rounds: number;
  /** Told of every round that is done, the warming one as 0. */
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Times several things in turns, so that a machine that slows down does so for all of them. Every other round goes backwards: whoever
 * comes after the same neighbour each time would be charged for the caches that that one leaves behind.
 *
 * @returns what they took: a row a round, a column a thing.
 * @throws the signal's reason if it is aborted.
 */
export async function inTurns(
  things: readonly Timed[],
  { rounds, onProgress, signal }: TurnOptions,
): Promise<readonly (readonly number[])[]> {
  const forwards = things.map((_, index) => index);
  const backwards = forwards.toReversed();
  const read: number[][] = [];
  for (let round = 0; round <= rounds; round++) {
    const row = new Array<number>(things.length);
    for (const index of round % 2 === 0 ? forwards : backwards) {
      signal?.throwIfAborted();
      row[index] = await things[index]!(round);
    }
    if (round > 0) read.push(row);
    onProgress?.(round);
  }
  return read;
}
