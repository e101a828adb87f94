import type { Draw } from '../draw.js';
import type { Mutation } from '../mutation.js';
import { AWKWARD_NAMES } from './tree.js';

const BLOCK = 512;

/** Fields of a header (POSIX.1-1988, ustar). */
const NAME = [0, 100] as const;
const MODE = [100, 8] as const;
const SIZE = [124, 12] as const;
const SUM = [148, 8] as const;
const TYPE = [156, 1] as const;
const LINK = [157, 100] as const;
const PREFIX = [345, 155] as const;

const NAMES = [...AWKWARD_NAMES, 'a/../../cascade-fuzz-outside', 'a.txt/b.txt', `${'d/'.repeat(49)}e`];
const SIZES = [
  '00000000000',
  '00000000001',
  '77777777777',
  '-0000000001',
  'zzzzzzzzzzz',
  '\x80\0\0\0\0\0\0\x7f\xff\xff\xff',
];
/** Links, devices, folders, long names, pax headers, sparse files, unknown ones. */
const TYPES = ['0', '\0', '1', '2', '3', '4', '5', '6', '7', 'L', 'K', 'x', 'g', 'S', 'Z'];

/** Changes a field of one header of an archive; its checksum fits. */
export const damageTar: Mutation = (bytes, draw) => {
  const headers = headersOf(bytes);
  const start = draw.pick(headers);
  if (start === undefined) return undefined;
  const copy = Buffer.from(bytes);
  const header = copy.subarray(start, start + BLOCK);
  change(header, draw);
  put(header, SUM, '        ');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(header, SUM, `${sum.toString(8).padStart(6, '0')}\0 `);
  if (draw.chance(0.1)) return Buffer.concat([copy.subarray(0, start + BLOCK), copy]);
  return copy;
};

function change(header: Buffer, draw: Draw): void {
  draw.pick([
    () => put(header, NAME, draw.pick(NAMES)),
    () => put(header, PREFIX, draw.pick(NAMES)),
    () => put(header, SIZE, draw.pick(SIZES)),
    () => put(header, MODE, draw.pick(['0000000', '0007777', 'zzzzzzz'])),
    () => {
      put(header, TYPE, draw.pick(TYPES));
      put(header, LINK, draw.pick(NAMES));
    },
  ])();
}

function put(header: Buffer, [start, length]: readonly [number, number], text: string): void {
  header.fill(0, start, start + length);
  header.write(text.slice(0, length), start, 'latin1');
}

function headersOf(bytes: Buffer): readonly number[] {
  const headers: number[] = [];
  for (let start = 0; start + BLOCK <= bytes.length; ) {
    const size = Number.parseInt(bytes.toString('latin1', start + SIZE[0], start + SIZE[0] + 11), 8);
    if (bytes[start] === 0 || !(size >= 0)) break;
    headers.push(start);
    start += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return headers;
}
