import { openEngine } from '../../lib/engine/open-engine.js';
import { CascadeError } from '../../lib/errors.js';
import { readNpy } from '../../lib/files/npy/npy.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { totalMacs } from '../../lib/network/macs.js';
import { parameterCount } from '../../lib/network/parameter-shapes.js';
import { type Choices, OPEN_CHOICES } from '../../lib/weights/families/open-choices.js';
import { readNetwork } from '../../lib/weights/read-network.js';

/** What families.py says of a network that it saved. */
export interface SavedNetwork {
  readonly source: string;
  readonly network: string;
  /** What a user says of weights that leave it open. */
  readonly choices: Partial<Choices>;
  /** Learned ones, as PyTorch counts them. */
  readonly parameters: number;
  readonly fvcore_macs: number;
}

/** What cascade makes of one file. */
export type FamilyRow = {
  /** Whose names its tensors have. */
  readonly names: string;
  readonly network: string;
  /** Options that say what the weights leave open, without the dashes, which spreadsheets take for a formula. */
  readonly options: string;
  /** As cascade calls it; empty where it is not read. */
  readonly architecture: string;
  /** Why it is not read; empty otherwise. */
  readonly refused: string;
  readonly parameters: number | null;
  readonly pytorch_parameters: number;
  readonly macs: number | null;
  /** What fvcore counts of convolutions and products. */
  readonly fvcore_macs: number;
  /** Largest difference of a logit from PyTorch's, over two images. */
  readonly logits_difference: number | null;
  /** Largest difference of a logit between the two images, to hold that against. */
  readonly images_difference: number;
};

/** @param file without its ending: `.pth`, `.images.npy` and `.logits.npy` are the weights, images and logits. */
export async function familyRow(file: string, saved: SavedNetwork): Promise<FamilyRow> {
  const [images, logits] = [await readNpy(`${file}.images.npy`), await readNpy(`${file}.logits.npy`)];
  const { source: names, network, choices, parameters: pytorch_parameters, fvcore_macs } = saved;
  const about = { names, network, options: optionsOf(choices) };
  const [count, , height, width] = images.shape as [number, number, number, number];
  const classes = logits.data.length / count;
  const images_difference = largestDifference(logits.data.slice(0, classes), logits.data.slice(classes));
  try {
    const read = await readNetwork(`${file}.pth`, [height, width], { choices });
    const engine = await openEngine('onnxruntime');
    const program = await engine.load(foldBatchNormalization(read.network), {});
    const [ours] = await program.run(Float32Array.from(images.data), count);
    await program.dispose();
    return {
      ...about,
      ...{ architecture: read.architecture, refused: '' },
      ...{ parameters: parameterCount(read.network.graph), pytorch_parameters },
      ...{ macs: totalMacs(read.network.graph), fvcore_macs },
      ...{ logits_difference: largestDifference(ours!, logits.data), images_difference },
    };
  } catch (error) {
    if (!(error instanceof CascadeError)) throw error;
    return {
      ...about,
      ...{ architecture: '', refused: error.message.replace(file, network) },
      ...{ parameters: null, pytorch_parameters, macs: null, fvcore_macs },
      ...{ logits_difference: null, images_difference },
    };
  }
}

function optionsOf(choices: Partial<Choices>): string {
  const words = Object.entries(choices).map(
    ([name, value]) => `${OPEN_CHOICES[name as keyof Choices].option.replace('--', '')} ${value}`,
  );
  return words.join(' ');
}

function largestDifference(ones: ArrayLike<number>, others: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < ones.length; index++)
    most = Math.max(most, Math.abs(ones[index]! - others[index]!));
  return most;
}
