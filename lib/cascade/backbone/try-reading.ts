import type { ImageSource } from '../../data/image-source.js';
import type { Program } from '../../engine/engine.js';
import { streamImages } from '../../engine/stream-images.js';
import { type Normalization, pixelScale } from '../../network/input/pixel-input.js';
import { argmax } from '../../stats/argmax.js';

/** Log-odds are cut at those of 1e-12 and 1 − 1e-12, so that a single sure mistake does not outweigh all other images. */
const MOST_LOG_ODDS = 12 * Math.LN10;

/**
 * Runs images through a network that takes normalised pixels.
 *
 * @param program of the network, float32.
 * @param onImage told for each image, in their order, ln(p / (1 − p)) of its class's probability p and the likeliest class.
 */
export async function tryReading(
  program: Program,
  normalization: Normalization,
  images: ImageSource,
  onImage: (logOdds: number, answer: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const classes = program.outputs[0]!.shape[0]!;
  await streamImages(
    takingPixels(program, normalization, images.shape),
    images,
    ([logits], first, count) => {
      for (let image = 0; image < count; image++) {
        const start = image * classes;
        const label = start + images.labels[first + image]!;
        onImage(logOdds(logits!, start, classes, label), argmax(logits!, start, classes));
      }
    },
    { signal },
  );
}

/** The logit of the class against all others together: logit − ln Σ exp(other logits). */
function logOdds(logits: Float32Array, start: number, classes: number, label: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = start; index < start + classes; index++)
    if (index !== label) largest = Math.max(largest, logits[index]!);
  let sum = 0;
  for (let index = start; index < start + classes; index++)
    if (index !== label) sum += Math.exp(logits[index]! - largest);
  const odds = logits[label]! - largest - Math.log(sum);
  // Logits that are no numbers speak for nothing.
  if (Number.isNaN(odds)) return -MOST_LOG_ODDS;
  return Math.min(MOST_LOG_ODDS, Math.max(-MOST_LOG_ODDS, odds));
}

/**
 * A program that normalises pixels first. In JavaScript and not in the network, so that one program serves all normalisations: to
 * make one takes longer than to run a small network on these images.
 */
function takingPixels(
  program: Program,
  normalization: Normalization,
  [channels, height, width]: ImageSource['shape'],
): Program {
  const { scale, shift } = pixelScale(normalization);
  const plane = height * width;
  const isReversed = normalization.channels === 'bgr';
  return {
    ...program,
    run(pixels, count) {
      const input = new Float32Array(count * channels * plane);
      for (let target = 0; target < count * channels; target++) {
        const channel = target % channels;
        const source = isReversed ? target - channel + channels - 1 - channel : target;
        for (let index = 0; index < plane; index++)
          input[target * plane + index] = pixels[source * plane + index]! * scale[channel]! + shift[channel]!;
      }
      return program.run(input, count);
    },
  };
}
