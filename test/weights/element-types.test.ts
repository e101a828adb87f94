import test from 'ava';
import { ELEMENT_TYPES } from '../../lib/weights/element-types.js';

const patterns = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
const bytes = new Uint8Array(patterns.buffer);

test('a half is read by the IEEE 754 definition, at both ends of its range too', (t) => {
  const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00, 0x3555);
  const values = ELEMENT_TYPES.float16.decode(new Uint8Array(halves.buffer));
  t.deepEqual([...values], [1, -2, 65504, 2 ** -14, 2 ** -24, -0, Number.POSITIVE_INFINITY, 0.333251953125]);
});

test('a bfloat16 is the upper half of a float32', (t) => {
  const values = ELEMENT_TYPES.bfloat16.decode(bytes);
  const view = new DataView(new ArrayBuffer(4));
  for (const bits of patterns) {
    view.setUint16(0, bits);
    t.true(Object.is(values[bits], view.getFloat32(0)), `0x${bits.toString(16)}`);
  }
});

test('numbers at an odd address are read, and do not change with the bytes', (t) => {
  const memory = Buffer.alloc(9);
  memory.writeFloatLE(1.5, 1);
  memory.writeFloatLE(-2, 5);
  const values = ELEMENT_TYPES.float32.decode(memory.subarray(1));
  memory.fill(0);
  t.deepEqual(values, Float32Array.of(1.5, -2));
});
