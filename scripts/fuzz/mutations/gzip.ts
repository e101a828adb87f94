import { gunzipSync, gzipSync } from 'node:zlib';
import type { Mutation } from '../mutation.js';

/** Damages what a gzip file holds and packs it again. */
export function damageGzip(inside: Mutation): Mutation {
  return async (bytes, draw, others) => {
    let content: Buffer;
    try {
      content = gunzipSync(bytes, { maxOutputLength: 64e6 });
    } catch {
      return undefined;
    }
    const damaged = (await inside(content, draw, others)) ?? content;
    return gzipSync(damaged, { level: 1 });
  };
}

const MEMBER_BYTES = 64e6;
let member: Buffer | undefined;

/** Appends gigabytes of zeros: a gzip file may be several, one behind another. */
export const gzipBomb: Mutation = (bytes, draw) => {
  member ??= gzipSync(Buffer.alloc(MEMBER_BYTES));
  return Buffer.concat([bytes, ...new Array<Buffer>(draw.pick([2, 24, 48])).fill(member)]);
};
