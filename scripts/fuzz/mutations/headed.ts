import type { Mutation } from '../mutation.js';
import { damageJsonText } from './json.js';

/** Changes the JSON header of a safetensors file, whose length is written anew. */
export const damageSafetensors: Mutation = (bytes, draw) => {
  if (bytes.length < 8) return undefined;
  const end = 8 + Number(bytes.readBigUInt64LE());
  if (end > bytes.length) return undefined;
  const header = damageJsonText(bytes.toString('utf8', 8, end), draw);
  if (header === undefined) return undefined;
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, bytes.subarray(end)]);
};

const NPY_PARTS: readonly (readonly [part: RegExp, replacements: readonly string[]])[] = [
  [
    /\([^)]*\)/,
    [
      '()',
      '(0,)',
      '(-1,)',
      '(0, 5)',
      '(5, 0)',
      '(1e3,)',
      '(2.5,)',
      '(NaN,)',
      '(Infinity,)',
      '(4294967296, 4294967296)',
      '(9007199254740993,)',
      '(0x10,)',
      '(4L,)',
      '(, )',
      '(2, 2',
      '((2, 2), 2)',
      '(-2, -2)',
      '(0, 1e300)',
    ],
  ],
  [
    /'descr': '[^']*'/,
    [
      '<f4',
      '<f8',
      '<f2',
      '<u2',
      '|u1',
      '|b1',
      '<i8',
      '>f4',
      '|O',
      '<c8',
      '<U4',
      '|S0',
      'constructor',
      '',
      '__proto__',
      'toString',
    ].map((type) => `'descr': '${type}'`),
  ],
  [/'fortran_order': False/, ["'fortran_order': True", "'fortran_order': 0", '']],
  [/\{/, ['', '{{', '['.repeat(10_000)]],
];

/** Changes shape, type or order in the header of a `.npy` file, whose length is written anew; at times in the second version. */
export const damageNpy: Mutation = (bytes, draw) => {
  if (bytes.length < 10 || bytes[6] !== 1) return undefined;
  const end = 10 + bytes.readUInt16LE(8);
  const [part, replacements] = draw.pick(NPY_PARTS);
  const header = Buffer.from(bytes.toString('latin1', 10, end).replace(part, draw.pick(replacements)));
  const isWide = draw.chance(0.2);
  const length = Buffer.alloc(isWide ? 4 : 2);
  length.writeUIntLE(header.length % 65536, 0, length.length);
  const version = Buffer.from([isWide ? draw.pick([2, 3, 255]) : 1, 0]);
  return Buffer.concat([bytes.subarray(0, 6), version, length, header, bytes.subarray(end)]);
};
