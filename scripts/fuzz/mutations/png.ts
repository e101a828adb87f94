import { crc32 } from 'node:zlib';
import type { Mutation } from '../mutation.js';
import { damageBytes } from './bytes.js';

const SIGNATURE_BYTES = 8;

/** Damages a chunk's content, or which chunks there are; checksums fit (PNG specification, 5.3). */
export const damagePng: Mutation = (bytes, draw, others) => {
  const chunks = chunksOf(bytes);
  const place = draw.below(chunks.length);
  const chunk = chunks[place];
  if (chunk === undefined) return undefined;
  const kind = draw.below(6);
  if (kind === 0) chunks.splice(place, 1);
  else if (kind === 1) chunks.splice(draw.below(chunks.length), 0, chunk);
  else chunks[place] = { ...chunk, data: damageBytes(chunk.data, draw, others) as Buffer };
  return Buffer.concat([bytes.subarray(0, SIGNATURE_BYTES), ...chunks.map(encoded)]);
};

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let position = SIGNATURE_BYTES; position + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(position);
    const start = position + 8;
    if (start + length > bytes.length) break;
    chunks.push({
      type: bytes.toString('latin1', position + 4, start),
      data: bytes.subarray(start, start + length),
    });
    position = start + length + 4;
  }
  return chunks;
}

function encoded({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
