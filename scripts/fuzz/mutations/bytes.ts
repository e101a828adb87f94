import type { Draw } from '../draw.js';
import { LONGEST, type Mutation } from '../mutation.js';

/** Where the bytes to damage are: the first and the one behind the last. */
export type Section = readonly [start: number, end: number];

/** Numbers at the borders of what integers hold, and lengths that no file has. */
const BORDERS = [
  0n,
  1n,
  -1n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x10000n,
  0x0fffffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x100000000n,
  0x1fffffffffffffn,
  0x20000000000000n,
  0x7fffffffffffffffn,
  0x7ff0000000000000n,
  0x7ff8000000000000n,
  0x7f800000n,
  0x7fc00000n,
] as const;

type ByteMutation = (bytes: Buffer, section: Section, draw: Draw, others: readonly Buffer[]) => Buffer;

const MUTATIONS: readonly ByteMutation[] = [
  flipBits,
  flipBits,
  overwriteNumber,
  overwriteNumber,
  overwriteNumber,
  overwriteNoise,
  fill,
  truncate,
  remove,
  insert,
  duplicate,
  exchange,
  splice,
  repeat,
];

/** Damages bytes anywhere, whatever they are. */
export const damageBytes: Mutation = (bytes, draw, others) =>
  damageSection(bytes, [0, bytes.length], draw, others);

/** Damages bytes mostly in one of some sections, such as a header. */
export function damageMostly(sections: (bytes: Buffer) => readonly Section[]): Mutation {
  return (bytes, draw, others) => {
    const found = draw.chance(0.8) ? sections(bytes).filter(([start, end]) => end > start) : [];
    return damageSection(
      bytes,
      found.length === 0 ? [0, bytes.length] : clipped(draw.pick(found), bytes),
      draw,
      others,
    );
  };
}

function clipped([start, end]: Section, bytes: Buffer): Section {
  return [Math.min(bytes.length, Math.max(0, start)), Math.min(bytes.length, end)];
}

function damageSection(bytes: Buffer, section: Section, draw: Draw, others: readonly Buffer[]): Buffer {
  return bytes.length === 0
    ? draw.bytes(draw.length(64))
    : draw.pick(MUTATIONS)(bytes, section, draw, others);
}

function placeIn([start, end]: Section, draw: Draw): number {
  return start + draw.below(end - start);
}

/** A stretch that begins in the section, of at most so many bytes. */
function stretchIn(bytes: Buffer, section: Section, draw: Draw, most = 4096): Section {
  const start = placeIn(section, draw);
  return [start, Math.min(bytes.length, start + draw.length(Math.min(most, bytes.length)))];
}

function replaced(bytes: Buffer, [start, end]: Section, part: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, start), part, bytes.subarray(end)]);
}

function flipBits(bytes: Buffer, section: Section, draw: Draw): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = draw.length(8); count > 0; count--) {
    const place = placeIn(section, draw);
    copy[place] = copy[place]! ^ (1 << draw.below(8));
  }
  return copy;
}

function overwriteNumber(bytes: Buffer, section: Section, draw: Draw): Buffer {
  const place = placeIn(section, draw);
  const size = draw.pick([1, 2, 4, 8]);
  const length = BigInt(bytes.length);
  const value = draw.pick([...BORDERS, length, length - 1n, length + 1n, BigInt(draw.below(300))]);
  const number = Buffer.alloc(8);
  number.writeBigUInt64LE(BigInt.asUintN(64, value));
  const written = number.subarray(0, size);
  if (draw.chance(0.4)) written.reverse();
  return replaced(bytes, [place, Math.min(bytes.length, place + size)], written);
}

function overwriteNoise(bytes: Buffer, section: Section, draw: Draw): Buffer {
  const [start, end] = stretchIn(bytes, section, draw, 64);
  return replaced(bytes, [start, end], draw.bytes(end - start));
}

function fill(bytes: Buffer, section: Section, draw: Draw): Buffer {
  const [start, end] = stretchIn(bytes, section, draw);
  return replaced(bytes, [start, end], Buffer.alloc(end - start, draw.pick([0, 0xff, 0x20, 0x41])));
}

function truncate(bytes: Buffer, section: Section, draw: Draw): Buffer {
  return Buffer.from(bytes.subarray(0, placeIn(section, draw)));
}

function remove(bytes: Buffer, section: Section, draw: Draw): Buffer {
  return replaced(bytes, stretchIn(bytes, section, draw), Buffer.alloc(0));
}

function insert(bytes: Buffer, section: Section, draw: Draw): Buffer {
  const place = placeIn(section, draw);
  return replaced(bytes, [place, place], draw.bytes(draw.length(256)));
}

function duplicate(bytes: Buffer, section: Section, draw: Draw): Buffer {
  const [start, end] = stretchIn(bytes, section, draw);
  return replaced(bytes, [end, end], bytes.subarray(start, end));
}

function exchange(bytes: Buffer, section: Section, draw: Draw): Buffer {
  const [start, end] = stretchIn(bytes, section, draw, 256);
  const from = draw.below(bytes.length - (end - start));
  return replaced(bytes, [start, end], Buffer.from(bytes.subarray(from, from + end - start)));
}

/** The beginning of one file and the end of another. */
function splice(bytes: Buffer, section: Section, draw: Draw, others: readonly Buffer[]): Buffer {
  const other = draw.pick(others) ?? bytes;
  return Buffer.concat([bytes.subarray(0, placeIn(section, draw)), other.subarray(draw.below(other.length))]);
}

/** A stretch over and over, now and then up to the longest file. */
function repeat(bytes: Buffer, section: Section, draw: Draw): Buffer {
  const [start, end] = stretchIn(bytes, section, draw, 256);
  const most = draw.chance(0.02) ? LONGEST : 2 ** 16;
  const times = Math.floor(draw.below(most - Math.min(bytes.length, most)) / (end - start || 1));
  const part = bytes.subarray(start, end);
  return replaced(bytes, [end, end], Buffer.alloc(times * part.length, part.length === 0 ? 0 : part));
}
