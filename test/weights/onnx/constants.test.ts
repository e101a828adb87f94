import test from 'ava';
import { DATA_TYPE, ModelProto } from '../../../lib/onnx/onnx-proto.js';
import { constantOf } from '../../../lib/weights/onnx/constant.js';
import type { TensorMessage } from '../../../lib/weights/onnx/model-file.js';
import { isOnnx } from '../../../lib/weights/onnx/model-file.js';
import { readOnnx } from '../../../lib/weights/onnx/read-onnx.js';
import { encodeModel } from './onnx-models.js';

function valuesOf(message: Partial<TensorMessage>): number[] {
  const empty = { floatData: [], int32Data: [], int64Data: [], doubleData: [], rawData: new Uint8Array() };
  const rest = { name: 'w', dims: [2], dataType: 0, externalData: [], dataLocation: 0 };
  return [...constantOf({ ...empty, ...rest, ...message }, 'model.onnx').data];
}

/** One and minus a third, as IEEE 754 writes them; a third of half precision is 0.333251953125, of bfloat16 0.333984375. */
const TYPES: readonly (readonly [
  keyof typeof DATA_TYPE,
  Partial<TensorMessage>,
  string,
  readonly number[],
])[] = [
  ['float32', { floatData: [1, Math.fround(-1 / 3)] }, '0000803fabaaaabe', [1, Math.fround(-1 / 3)]],
  ['float64', { doubleData: [1, -1 / 3] }, '000000000000f03f555555555555d5bf', [1, Math.fround(-1 / 3)]],
  ['float16', { int32Data: [0x3c00, 0xb555] }, '003c55b5', [1, -0.333251953125]],
  ['bfloat16', { int32Data: [0x3f80, 0xbeab] }, '803fabbe', [1, -0.333984375]],
  ['int64', { int64Data: [1, -3] }, '0100000000000000fdffffffffffffff', [1, -3]],
  ['int32', { int32Data: [1, -3] }, '01000000fdffffff', [1, -3]],
  ['int8', { int32Data: [1, -3] }, '01fd', [1, -3]],
  ['uint8', { int32Data: [1, 253] }, '01fd', [1, 253]],
  ['boolean', { int32Data: [1, 0] }, '0100', [1, 0]],
];

for (const [name, typed, raw, values] of TYPES) {
  test(`${name} is read from fields and from raw bytes`, (t) => {
    const dataType = DATA_TYPE[name];
    t.deepEqual(valuesOf({ ...typed, dataType }), values);
    t.deepEqual(valuesOf({ rawData: Buffer.from(raw, 'hex'), dataType }), values);
  });
}

test('a tensor of text is refused', (t) => {
  t.throws(() => valuesOf({ dataType: 8 }), {
    message: 'model.onnx holds the tensor w of the element type 8, which cascade does not read.',
  });
});

test('a model is known by its first bytes, or by its name', (t) => {
  const bytes = encodeModel({ nodes: [] });
  t.true(isOnnx(bytes, 'weights'));
  t.true(isOnnx(Buffer.from('version'), 'model.ONNX'));
  t.false(isOnnx(Buffer.from('version'), 'model.pt'));
  t.false(isOnnx(Buffer.alloc(0), 'model.pt'));
});

test('weights that are inputs as well, as old files have them, are no images', async (t) => {
  const bytes = encodeModel({
    nodes: [
      ['Flatten', ['image'], 'flat'],
      ['MatMul', ['flat', 'w'], 'logits'],
    ],
    weights: { w: [192, 5] },
  });
  const model = ModelProto.decode(bytes) as unknown as { graph: { input: object[] } };
  model.graph.input.unshift({ name: 'w' });
  const { network } = await readOnnx(Buffer.from(ModelProto.encode(model).finish()), [8, 8], 'model.onnx');
  t.is(network.graph.input, 'image');
});
