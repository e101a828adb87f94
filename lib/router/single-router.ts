import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Engine } from '../engine/engine.js';
import { softmaxMaximum } from '../exits/criteria/softmax-maximum.js';
import { inferShapes } from '../network/shapes.js';
import { elementCount } from '../network/tensor.js';
import { argmax } from '../stats/argmax.js';
import { cascadeSegments } from './cascade-segments.js';
import { SCORE_OUTPUTS, singleOnnx } from './onnx/single-onnx.js';
import type { Router, RouterOptions } from './router.js';

/** A router that is one ONNX file: exits, decisions and the gathering of the images that stay are part of the graph. */
export async function openSingleRouter(
  loadOnnx: NonNullable<Engine['loadOnnx']>,
  saved: SavedNetwork,
  { rule, batchSize, onImage }: RouterOptions,
): Promise<Router> {
  const { graph } = saved.network;
  const segments = cascadeSegments(saved, rule.thresholds);
  const classes = elementCount(inferShapes(graph).get(graph.output)!);
  const images = batchSize === 1 ? 'one' : 'many';
  const file = singleOnnx(segments, { classes, rule, images, isAnswered: false });
  const program = await loadOnnx(file, SCORE_OUTPUTS);
  return {
    async push(images, numbers) {
      if (numbers.length === 0) return;
      const shape = [numbers.length, ...graph.inputShape];
      const [segment, scores] = await program.run(images, shape);
      const logits = scores as Float64Array;
      for (let index = 0; index < numbers.length; index++) {
        const start = index * classes;
        onImage({
          image: numbers[index]!,
          exit: segments[Number(segment![index])]!.exit ?? rule.thresholds.length,
          prediction: argmax(logits, start, classes),
          probability: softmaxMaximum({ logits, start, classes, top: 1, agreeing: 1 }),
        });
      }
    },
    async flush() {},
    dispose: () => program.dispose(),
  };
}
