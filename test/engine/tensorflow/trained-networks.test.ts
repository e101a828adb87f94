import { loadBackbone } from '../../../lib/cascade/backbone/load-backbone.js';
import { locateDataset, openSplit } from '../../../lib/data/dataset.js';
import { openOnnxruntimeEngine } from '../../../lib/engine/onnxruntime/onnxruntime-engine.js';
import { foldBatchNormalization } from '../../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../../lib/network/input/pixel-input.js';
import { argmax } from '../../../lib/stats/argmax.js';
import { serialTestWith } from '../../support/needs.js';
import { cifar, cifarFolder, trainedModel } from '../../support/real-data.js';
import { TENSORFLOW_BACKENDS } from '../../support/tensorflow-backends.js';

const IMAGES = 200;
/** Plain JavaScript takes 0.2 s an image. */
const IMAGES_ON_CPU = 8;

for (const file of ['resnet20-12fca82f.th', 'resnet56-4bfd9763.th']) {
  const weights = trainedModel(file);
  for (const backend of TENSORFLOW_BACKENDS) {
    serialTestWith(
      [weights, cifar('cifar10'), backend],
      `${file} decides alike on ${backend.title} and on onnxruntime, its logits within 1e-3`,
      async (t) => {
        const count = backend.title === 'cpu' ? IMAGES_ON_CPU : IMAGES;
        const { network, normalization } = await loadBackbone(weights.path, [32, 32]);
        const dataset = await locateDataset('cifar10', await cifarFolder());
        const source = await openSplit(dataset, { from: 'test' });
        const images = new Uint8Array(count * 3072);
        await source.readImages(
          Uint32Array.from({ length: count }, (_, row) => row),
          images,
        );
        await source.close();
        const folded = withPixelInput(foldBatchNormalization(network), normalization!);
        const [expected, logits] = await Promise.all(
          [await openOnnxruntimeEngine(), backend.engine!].map(async (engine) => {
            const program = await engine.load(folded, { inputType: 'uint8' });
            const [values] = await program.run(images, count);
            await program.dispose();
            return values!;
          }),
        );
        t.is(logits!.length, count * 10);
        const difference = Math.max(...logits!.map((value, index) => Math.abs(value - expected![index]!)));
        t.true(difference < 1e-3, `${difference}`);
        const decisions = (values: Float32Array): number[] =>
          Array.from({ length: count }, (_, image) => argmax(values, image * 10, 10));
        t.deepEqual(decisions(logits!), decisions(expected!));
      },
    );
  }
}
