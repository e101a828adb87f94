import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeOnnx } from '../../lib/engine/onnxruntime/write-onnx.js';
import type { GraphNode, Network } from '../../lib/network/graph.js';
import { type Normalization, pixelScale } from '../../lib/network/input/pixel-input.js';
import type { Tensor } from '../../lib/network/tensor.js';
import { createRandom } from '../../lib/stats/random.js';

/**
 * Red, green and blue of each class, 0 … 255; their images are of that colour with noise. From dark to bright, so that another contrast
 * makes one of another, bluish and reddish in turn, so that another order of the channels does.
 */
const COLOURS = [
  [50, 70, 110],
  [125, 100, 75],
  [100, 130, 160],
  [190, 160, 130],
  [160, 190, 220],
] as const;
const SIDE = 32;
const NOISE = 30;

/** How sure the networks are of the nearest colour, for every square of a step on 0 … 1. */
const SHARPNESS = 100;

/** `images` records of a CIFAR binary: the class and the pixels, channels first. */
function records(images: number, seed: number): Buffer {
  const random = createRandom(seed);
  return Buffer.concat(
    Array.from({ length: images }, (_, image) => {
      const label = image % COLOURS.length;
      const planes = COLOURS[label]!.flatMap((level) =>
        Array.from({ length: SIDE * SIDE }, () => level + NOISE * (2 * random() - 1)),
      );
      return Buffer.from([label, ...planes]);
    }),
  );
}

/** Makes `colours/` in a folder: a data set of coloured pictures. */
export async function writeColours(folder: string, fitImages = 300): Promise<void> {
  const data = path.join(folder, 'colours');
  await mkdir(data);
  const splits = { fit: fitImages, calibration: 100, test: 100 };
  for (const [index, [name, images]] of Object.entries(splits).entries())
    await writeFile(path.join(data, `${name}.bin`), records(images, index));
  const description = {
    name: 'colours',
    title: 'Colours',
    format: 'cifar-binary',
    class_names: ['night', 'earth', 'slate', 'sand', 'snow'],
    shape: [3, SIDE, SIDE],
    normalization: { mean: [0.3, 0.25, 0.35], std: [0.12, 0.1, 0.14] },
    files: Object.fromEntries(Object.keys(splits).map((name) => [name, [`${name}.bin`]])),
    splits: Object.fromEntries(Object.keys(splits).map((name) => [name, { from: name }])),
  };
  await writeFile(path.join(data, 'dataset.json'), JSON.stringify(description));
}

/**
 * A network that names the nearest colour, right about every image, of pixels that are normalised in one way. Its residual blocks add
 * nothing.
 *
 * @param order of the classes in its outputs.
 */
export function colourNetwork(
  normalization: Normalization,
  order: readonly number[] = [0, 1, 2, 3, 4],
  blocks = 2,
  side = SIDE,
): Network {
  const { scale, shift } = pixelScale(normalization);
  const parameters = new Map<string, Tensor>();
  const block = (name: string, input: string): GraphNode[] => {
    parameters.set(`${name}.weight`, { shape: [3, 3, 1, 1], data: new Float32Array(9) });
    return [
      {
        ...{ kind: 'convolution', name: `${name}.branch`, input, outputChannels: 3, groups: 1 },
        ...{ kernel: [1, 1], stride: [1, 1], padding: { top: 0, bottom: 0, left: 0, right: 0 } },
        weight: `${name}.weight`,
      },
      { kind: 'add', name, inputs: [input, `${name}.branch`] },
    ];
  };
  const body = Array.from({ length: blocks }, (_, index) =>
    block(`block${index}`, index === 0 ? 'stem' : `block${index - 1}`),
  );
  const stem: GraphNode = { ...body[0]![0]!, name: 'stem', input: 'x', weight: 'stem.weight' } as GraphNode;
  parameters.set('stem.weight', { shape: [3, 3, 1, 1], data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) });
  // Minus the square of the distance to each colour, less what all have in common, is linear in the means of the channels.
  const weight: number[] = [];
  const bias: number[] = [];
  for (const label of order) {
    const colour = normalization.channels === 'bgr' ? COLOURS[label]!.toReversed() : COLOURS[label]!;
    let constant = 0;
    for (const [channel, level] of colour.entries()) {
      // A value v stands for the level (v − shift) / scale of 0 … 255.
      const slope = (2 * SHARPNESS * level) / 255 / (255 * scale[channel]!);
      weight.push(slope);
      constant += -slope * shift[channel]! - SHARPNESS * (level / 255) ** 2;
    }
    bias.push(constant);
  }
  parameters.set('fc.weight', { shape: [order.length, 3], data: Float32Array.from(weight) });
  parameters.set('fc.bias', { shape: [order.length], data: Float32Array.from(bias) });
  const nodes: GraphNode[] = [
    stem,
    ...body.flat(),
    { kind: 'global-average-pool', name: 'means', input: `block${blocks - 1}` },
    {
      ...{ kind: 'linear', name: 'logits', input: 'means', outputFeatures: order.length },
      ...{ weight: 'fc.weight', bias: 'fc.bias' },
    },
  ];
  return { graph: { input: 'x', inputShape: [3, side, side], nodes, output: 'logits' }, parameters };
}

/** Writes it as a file of weights. */
export async function writeColourNetwork(
  file: string,
  ...of: Parameters<typeof colourNetwork>
): Promise<void> {
  await writeFile(file, writeOnnx(colourNetwork(...of)));
}
