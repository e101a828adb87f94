import test from 'ava';
import { loadBackbone } from '../../../lib/cascade/backbone/load-backbone.js';
import { locateDataset, openSplit } from '../../../lib/data/dataset.js';
import { openOnnxruntimeEngine } from '../../../lib/engine/onnxruntime/onnxruntime-engine.js';
import { foldBatchNormalization } from '../../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../../lib/network/pixel-input.js';
import { argmax } from '../../../lib/stats/argmax.js';
import { cifarFolder, trainedModel } from '../../support/real-data.js';
import { tensorflowEngines } from '../../support/tensorflow-backends.js';

const IMAGES = 200;
/** Plain JavaScript takes 0.2 s an image. */
const IMAGES_ON_CPU = 8;

for (const file of ['resnet20-12fca82f.th', 'resnet56-4bfd9763.th']) {
  test.serial(
    `${file} decides alike on every backend and on onnxruntime, its logits within 1e-3`,
    async (t) => {
      const weights = trainedModel(t, file);
      const data = await cifarFolder(t);
      if (weights === undefined || data === undefined) return;
      const { network, normalization } = await loadBackbone(weights, [32, 32]);
      const source = await openSplit(await locateDataset('cifar10', data), { from: 'test' });
      const images = new Uint8Array(IMAGES * 3072);
      await source.readImages(
        Uint32Array.from({ length: IMAGES }, (_, row) => row),
        images,
      );
      await source.close();
      const folded = withPixelInput(foldBatchNormalization(network), normalization!);
      const reference = await (await openOnnxruntimeEngine()).load(folded, { inputType: 'uint8' });
      const [expected] = await reference.run(images, IMAGES);
      await reference.dispose();
      for (const engine of await tensorflowEngines(t)) {
        const count = engine.backend === 'cpu' ? IMAGES_ON_CPU : IMAGES;
        const program = await engine.load(folded, { inputType: 'uint8' });
        const [logits] = await program.run(images.subarray(0, count * 3072), count);
        await program.dispose();
        t.is(logits!.length, count * 10);
        const difference = Math.max(...logits!.map((value, index) => Math.abs(value - expected![index]!)));
        t.true(difference < 1e-3, `${engine.backend}: ${difference}`);
        const decisions = (values: Float32Array): number[] =>
          Array.from({ length: count }, (_, image) => argmax(values, image * 10, 10));
        t.deepEqual(decisions(logits!), decisions(expected!), engine.backend!);
      }
    },
  );
}
