import { OPCODE } from '../../../lib/weights/pytorch/pickle-opcodes.js';
import type { Draw } from '../draw.js';
import type { Mutation } from '../mutation.js';
import { damageBytes } from './bytes.js';
import { AWKWARD_NAMES } from './tree.js';

/** Bytes of arguments by opcode: of fixed length, or counted by a number of so many bytes before them. */
const FIXED: ReadonlyMap<number, number> = new Map<number, number>([
  [OPCODE.PROTO, 1],
  [OPCODE.FRAME, 8],
  [OPCODE.BININT, 4],
  [OPCODE.BININT1, 1],
  [OPCODE.BININT2, 2],
  [OPCODE.BINFLOAT, 8],
  [OPCODE.BINPUT, 1],
  [OPCODE.LONG_BINPUT, 4],
  [OPCODE.BINGET, 1],
  [OPCODE.LONG_BINGET, 4],
]);
const COUNTED: ReadonlyMap<number, 1 | 4> = new Map<number, 1 | 4>([
  [OPCODE.LONG1, 1],
  [OPCODE.SHORT_BINUNICODE, 1],
  [OPCODE.SHORT_BINSTRING, 1],
  [OPCODE.SHORT_BINBYTES, 1],
  [OPCODE.BINUNICODE, 4],
  [OPCODE.BINSTRING, 4],
  [OPCODE.BINBYTES, 4],
]);
const KNOWN: readonly number[] = Object.values(OPCODE);
/** Opcodes that the files of PyTorch do without: 8-byte counts, sets, NEXT_BUFFER, DUP, POP_MARK, extensions, protocol 0. */
const OTHERS = [
  0x8d, 0x8e, 0x8f, 0x90, 0x91, 0x92, 0x96, 0x97, 0x98, 0x32, 0x31, 0x82, 0x49, 0x4c, 0x56, 0x8b,
];

/** Edits the instructions of one or several pickles, one after another; whatever follows stays. */
export const damagePickle: Mutation = (bytes, draw, others) => {
  const { instructions, end } = instructionsOf(bytes);
  if (instructions.length === 0) return undefined;
  const place = draw.below(instructions.length);
  const edit = draw.pick(EDITS);
  edit(instructions, place, draw);
  const tail = bytes.subarray(end);
  const kept = draw.chance(0.05) ? (damageBytes(tail, draw, others) as Buffer) : tail;
  return Buffer.concat([...instructions, kept]);
};

/** An opcode with its arguments. */
type Instructions = Buffer[];

function instructionsOf(bytes: Buffer): { readonly instructions: Instructions; readonly end: number } {
  const instructions: Instructions = [];
  let position = 0;
  while (position < bytes.length && KNOWN.includes(bytes[position]!)) {
    const length = lengthAt(bytes, position);
    if (position + length > bytes.length) break;
    instructions.push(bytes.subarray(position, position + length));
    position += length;
  }
  return { instructions, end: position };
}

function lengthAt(bytes: Buffer, position: number): number {
  const opcode = bytes[position]!;
  const counter = COUNTED.get(opcode);
  if (counter !== undefined) {
    const isThere = position + 1 + counter <= bytes.length;
    return 1 + counter + (isThere ? bytes.readUIntLE(position + 1, counter) : 0);
  }
  if (opcode !== OPCODE.GLOBAL) return 1 + (FIXED.get(opcode) ?? 0);
  const first = bytes.indexOf(0x0a, position);
  const second = first < 0 ? -1 : bytes.indexOf(0x0a, first + 1);
  return second < 0 ? bytes.length : second + 1 - position;
}

type Edit = (instructions: Instructions, place: number, draw: Draw) => void;

const EDITS: readonly Edit[] = [
  (instructions, place) => instructions.splice(place, 1),
  (instructions, place) => instructions.splice(place, 0, instructions[place]!),
  (instructions, place, draw) => {
    const other = draw.below(instructions.length);
    [instructions[place], instructions[other]] = [instructions[other]!, instructions[place]!];
  },
  (instructions, place, draw) => {
    const replacement = Buffer.from(instructions[place]!);
    replacement[0] = draw.pick(draw.chance(0.7) ? KNOWN : OTHERS);
    instructions[place] = replacement;
  },
  (instructions, place, draw) => instructions.splice(place, 0, strangeInstruction(draw)),
  (instructions, place, draw) => instructions.splice(place, 1, strangeInstruction(draw)),
  changeNumber,
  changeNumber,
  changeNumber,
  (instructions, place, draw) => instructions.splice(place, 0, nested(draw)),
  (instructions, place, draw) => instructions.splice(place, 0, memoBomb(draw)),
];

/** Sizes, offsets and strides stand as numbers in a pickle. */
function changeNumber(instructions: Instructions, _place: number, draw: Draw): void {
  const numbers = [OPCODE.BININT, OPCODE.BININT1, OPCODE.BININT2, OPCODE.LONG1] as const;
  const places = [...instructions.keys()].filter((place) =>
    numbers.some((opcode) => opcode === instructions[place]![0]),
  );
  const place = draw.pick(places);
  if (place !== undefined) instructions[place] = strangeNumber(draw);
}

function strangeNumber(draw: Draw): Buffer {
  if (draw.chance(0.2)) return Buffer.concat([Buffer.from([OPCODE.LONG1, 8]), draw.bytes(8)]);
  const number = Buffer.from([OPCODE.BININT, 0, 0, 0, 0]);
  number.writeInt32LE(draw.pick([0, 1, -1, 2, 255, 65536, 2 ** 24, 2 ** 30, 2 ** 31 - 1, -(2 ** 31)]), 1);
  return number;
}

function text(content: string): Buffer {
  const bytes = Buffer.from(content);
  const head = Buffer.from([OPCODE.BINUNICODE, 0, 0, 0, 0]);
  head.writeUInt32LE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

const CLASSES = [
  'os\nsystem',
  'torch\nFloatStorage',
  'torch._utils\n_rebuild_tensor_v2',
  '__main__\nconstructor',
];

function strangeInstruction(draw: Draw): Buffer {
  return draw.pick([
    () => strangeNumber(draw),
    () => text(draw.pick([...AWKWARD_NAMES, '__proto__'])),
    () => Buffer.from(`c${draw.pick(CLASSES)}\n`),
    () => Buffer.from([draw.pick(KNOWN)]),
    () => Buffer.concat([Buffer.from([draw.pick(OTHERS)]), draw.bytes(draw.length(16))]),
    () => Buffer.concat([Buffer.from([OPCODE.LONG1, 255]), draw.bytes(255)]),
    () => Buffer.from([OPCODE.FRAME, 255, 255, 255, 255, 255, 255, 255, 127]),
    () => Buffer.from([OPCODE.LONG_BINPUT, 255, 255, 255, 255]),
    () => Buffer.from([OPCODE.BINUNICODE, 255, 255, 255, 127]),
  ])();
}

/** Lists or tuples inside one another. */
function nested(draw: Draw): Buffer {
  const depth = draw.pick([10, 1000, 100_000, draw.chance(0.1) ? 4_000_000 : 1000]);
  return draw.chance(0.5)
    ? Buffer.concat([Buffer.from([OPCODE.EMPTY_TUPLE]), Buffer.alloc(depth, OPCODE.TUPLE1)])
    : Buffer.concat([Buffer.alloc(depth, OPCODE.EMPTY_LIST), Buffer.alloc(depth - 1, OPCODE.APPEND)]);
}

/** Each list holds the one before it many times: a few bytes that stand for any number of elements. */
function memoBomb(draw: Draw): Buffer {
  const levels = 10 + draw.below(40);
  const parts: Buffer[] = [Buffer.from([OPCODE.EMPTY_LIST, OPCODE.BINPUT, 200])];
  const width = draw.pick([2, 10, 100]);
  for (let level = 0; level < levels; level++) {
    const previous = Buffer.alloc(2 * width, Buffer.from([OPCODE.BINGET, 200 + (level % 50)]));
    const next = 200 + ((level + 1) % 50);
    parts.push(Buffer.from([OPCODE.MARK]), previous, Buffer.from([OPCODE.TUPLE, OPCODE.BINPUT, next]));
  }
  return Buffer.concat(parts);
}
