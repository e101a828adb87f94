import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { runCascade } from '../../support/run-cascade.js';
import { workshop } from '../../support/workshop.js';
import { encodeModel } from '../../weights/onnx/onnx-models.js';

for (const [fault, input] of [
  ['size', [0, 1, 9, 10]],
  ['number of channels', [0, 3, 8, 8]],
] as const) {
  test(`a model that is fixed to another ${fault} of images than the data set's is refused`, async (t) => {
    const folder = await workshop(t);
    const model = encodeModel({
      nodes: [
        ['GlobalAveragePool', ['image'], 'means'],
        ['Flatten', ['means'], 'features'],
        ['Gemm', ['features', 'weight'], 'logits'],
      ],
      weights: { weight: [input[1], 3] },
      input,
    });
    await writeFile(path.join(folder, 'fixed.onnx'), model);
    const { code, stderr } = await runCascade(
      folder,
      ...['attach', 'fixed.onnx', '--data', 'noise', '--out', 'a.cascade', '--quiet'],
    );
    t.is(code, 1);
    t.is(
      stderr,
      `cascade: fixed.onnx takes images of ${input.slice(1).join('×')} and those of Noise are 1×8×8; choose the data set it was trained for with --data.\n`,
    );
  });
}
