import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Engine, Program } from '../engine/engine.js';
import { softmaxMaximum } from '../exits/criteria/softmax-maximum.js';
import { runningThreshold } from '../exits/decision-rule.js';
import { ExitHistory, scoreExit, scoreLast } from '../exits/score-exit.js';
import type { Thresholds } from '../exits/thresholds.js';
import { elementCount } from '../network/tensor.js';
import { argmax } from '../stats/argmax.js';
import { cascadeSegments } from './cascade-segments.js';
import type { Router, RouterOptions } from './router.js';

/** A segment of the network with the images that wait in front of it. */
interface Stage {
  readonly program: Program;
  /** Whether it takes pixels, not the features of the stage before. */
  readonly takesPixels: boolean;
  /** Position of the exit at its end; undefined for the segment that ends in the backbone's own classifier. */
  readonly exit: number | undefined;
  /** Inputs of the waiting images one after another; room for two batches. */
  readonly inputs: Uint8Array | Float32Array;
  readonly inputSize: number;
  readonly slots: Uint32Array;
  waiting: number;
}

/**
 * A router of one program a segment. Images that stay are kept until they fill a batch of the next segment, so that batches never
 * shrink.
 */
export async function openSegmentRouter(
  engine: Engine,
  saved: SavedNetwork,
  options: RouterOptions,
): Promise<Router> {
  const { rule, batchSize, onImage } = options;
  const { scoring, thresholds } = rule;
  const stages = await loadStages(engine, saved, thresholds, batchSize);
  // In front of each segment wait fewer images than fill a batch, and one batch is under way.
  const slotCount = (stages.length + 1) * batchSize;
  const classes = elementCount(stages.at(-1)!.program.outputs[0]!.shape);
  const history = new ExitHistory(slotCount, classes);
  const numbers = new Float64Array(slotCount);
  const imageSize = stages[0]!.inputSize;
  // Kept for as long as an image is inside, where a later network of a chain begins with them.
  const pixels = new Uint8Array(
    stages.slice(1).some(({ takesPixels }) => takesPixels) ? slotCount * imageSize : 0,
  );
  const free = Array.from({ length: slotCount }, (_, slot) => slot);

  const leave = (slot: number, exit: number, outputs: ArrayLike<number>, start: number): void => {
    free.push(slot);
    const prediction = argmax(outputs, start, classes);
    const probability = softmaxMaximum({ logits: outputs, start, classes, top: 1, agreeing: 1 });
    onImage({ image: numbers[slot]!, exit, prediction, probability });
  };

  const runStage = async (position: number): Promise<void> => {
    const stage = stages[position]!;
    const { program, exit, inputs, inputSize, slots } = stage;
    const next = stages[position + 1];
    const count = Math.min(stage.waiting, batchSize);
    const batchSlots = slots.slice(0, count);
    const logits = new Float32Array(count * classes);
    const outputs = [logits];
    // Features are written where they are needed next; those of the images that leave are closed up below.
    if (next?.takesPixels === false) outputs.push(roomFor(next, count));
    await program.run(inputs.subarray(0, count * inputSize), count, outputs);
    inputs.copyWithin(0, count * inputSize, stage.waiting * inputSize);
    slots.copyWithin(0, count, stage.waiting);
    stage.waiting -= count;
    if (exit === undefined || next === undefined) {
      const last = scoreLast(scoring, logits, history, batchSlots);
      batchSlots.forEach((slot, image) => {
        leave(slot, thresholds.length, last, image * classes);
      });
      return;
    }
    const { confidence, outputs: scored } = scoreExit(scoring, logits, exit, history, batchSlots);
    const least = runningThreshold(rule, exit);
    const size = next.inputSize;
    const start = next.waiting;
    batchSlots.forEach((slot, image) => {
      if (confidence[image]! >= least) {
        leave(slot, exit, scored, image * classes);
        return;
      }
      if (next.takesPixels)
        next.inputs.set(pixels.subarray(slot * imageSize, (slot + 1) * imageSize), next.waiting * size);
      else if (next.waiting !== start + image)
        next.inputs.copyWithin(next.waiting * size, (start + image) * size, (start + image + 1) * size);
      next.slots[next.waiting++] = slot;
    });
    if (next.waiting >= batchSize) await runStage(position + 1);
  };

  return {
    async push(images, imageNumbers) {
      const first = stages[0]!;
      first.inputs.set(images, first.waiting * first.inputSize);
      for (let image = 0; image < imageNumbers.length; image++) {
        const slot = free.pop()!;
        history.clear(slot);
        numbers[slot] = imageNumbers[image]!;
        if (pixels.length > 0)
          pixels.set(images.subarray(image * imageSize, (image + 1) * imageSize), slot * imageSize);
        first.slots[first.waiting++] = slot;
      }
      if (first.waiting >= batchSize) await runStage(0);
    },
    async flush() {
      for (const [position, stage] of stages.entries()) {
        while (stage.waiting > 0) await runStage(position);
      }
    },
    async dispose() {
      for (const { program } of stages) await program.dispose();
    },
  };
}

/** The place for the features of some more images at the end of those that wait. */
function roomFor({ inputs, inputSize, waiting }: Stage, count: number): Float32Array<ArrayBuffer> {
  return (inputs as Float32Array<ArrayBuffer>).subarray(waiting * inputSize, (waiting + count) * inputSize);
}

async function loadStages(
  engine: Engine,
  saved: SavedNetwork,
  thresholds: Thresholds,
  batchSize: number,
): Promise<Stage[]> {
  const stages: Stage[] = [];
  for (const { network, takesPixels, exit, outputs } of cascadeSegments(saved, thresholds)) {
    const inputSize = elementCount(network.graph.inputShape);
    const room = 2 * batchSize * inputSize;
    stages.push({
      program: await engine.load(network, { outputs, inputType: takesPixels ? 'uint8' : 'float32' }),
      takesPixels,
      exit,
      inputs: takesPixels ? new Uint8Array(room) : new Float32Array(room),
      inputSize,
      slots: new Uint32Array(2 * batchSize),
      waiting: 0,
    });
  }
  return stages;
}
