import type { Draw } from './draw.js';

/**
 * Damages a file's bytes, which stay as they are.
 *
 * @param others files of the same kind, to take parts from.
 * @returns undefined where the bytes are too damaged already for the structure that it looks for.
 */
export type Mutation = (
  bytes: Buffer,
  draw: Draw,
  others: readonly Buffer[],
) => Buffer | undefined | Promise<Buffer | undefined>;

/** One of some mutations, each as likely. */
export function oneOf(...mutations: readonly Mutation[]): Mutation {
  return (bytes, draw, others) => draw.pick(mutations)(bytes, draw, others);
}

/** A mutation that costs much, one time in `odds`; otherwise another. */
export function rarely(odds: number, costly: Mutation, usual: Mutation): Mutation {
  return (bytes, draw, others) => (draw.chance(1 / odds) ? costly : usual)(bytes, draw, others);
}

/** Longest file that readers are tried with, in bytes. */
export const LONGEST = 10e6;

/** Most damages that one file gets. */
const MOST_DAMAGES = 3;

/** Damages a file once or a few times; in the way of last resort where its structure is gone. */
export async function damage(
  bytes: Buffer,
  mutation: Mutation,
  lastResort: Mutation,
  draw: Draw,
  others: readonly Buffer[],
): Promise<Buffer> {
  let damaged = bytes;
  for (let times = draw.chance(0.6) ? 1 : 1 + draw.below(MOST_DAMAGES); times > 0; times--)
    damaged = (await mutation(damaged, draw, others)) ?? (await lastResort(damaged, draw, others)) ?? damaged;
  return damaged.subarray(0, LONGEST);
}
