import { existsSync } from 'node:fs';
import { recipeWith, STUDENT_RECIPE } from '../../../heads/networks/network-recipe.js';
import { studentWithin } from '../../../heads/networks/student-graph.js';
import type { TrainingImages } from '../../../heads/networks/training-batches.js';
import { foldBatchNormalization, foldedGraph } from '../../../network/fold-batch-norm.js';
import type { Graph, Network } from '../../../network/graph.js';
import { type Normalization, withPixelInput } from '../../../network/input/pixel-input.js';
import { totalMacs } from '../../../network/macs.js';
import { percent } from '../../../stats/percent.js';
import { createRandom } from '../../../stats/random.js';
import { initialParameters } from '../../../training/initial-parameters.js';
import type { ChainMember } from '../../chain/chain-member.js';
import type { AttachContext } from '../attach-context.js';
import { studentFile } from '../fitted-files.js';
import { keepFitted, readFitted } from '../fitted-weights.js';
import { fitResumably } from './kept-fit.js';
import { openNetworkImages } from './network-images.js';

/** A fitted student as a network that stands before the backbone. */
export interface StudentMember extends ChainMember {
  /** Says which share of the backbone's multiply-accumulates it was allowed. */
  readonly name: string;
  /** SHA-256 of the file that it was kept in. */
  readonly sha256: string;
}

/**
 * Fits the students that stand before the backbone to the labels of the fitting images and to what the backbone says of them. Finished
 * ones are kept under `work`, unfinished ones after every epoch, where an interrupted run goes on.
 *
 * @param backbone takes pixels.
 * @param shares of its multiply-accumulates that the students may take.
 * @throws CascadeError if one is too small for any student, or the engine fits no whole networks.
 */
export async function fitStudents(
  backbone: Network,
  shares: readonly number[],
  context: AttachContext,
): Promise<readonly StudentMember[]> {
  if (shares.length === 0) return [];
  const { dataset, work } = context;
  const { normalization, class_names: names } = dataset.description;
  const macs = totalMacs(backbone.graph);
  const graphs = studentGraphs(backbone.graph, shares, names.length);
  const fileOf = (index: number): string => studentFile(work, index, shares[index]!);
  const missing = graphs.flatMap((_, index) => (existsSync(fileOf(index)) ? [] : [index]));
  if (missing.length > 0) {
    const images = await openNetworkImages(backbone, context);
    try {
      for (const index of missing)
        await fitAndKeep(index, graphs[index]!, macs, images, fileOf(index), context);
    } finally {
      await images.source.close();
    }
  }
  return Promise.all(
    graphs.map(async (graph, index) => ({
      ...(await readStudent(graph, normalization, fileOf(index))),
      name: `student-${percent(shares[index]!)}`,
      macs: totalMacs(graph),
      architecture: `student of ${widthOf(graph)} channels`,
      normalization,
      exits: [],
    })),
  );
}

/**
 * The students that take no more than shares of a backbone's multiply-accumulates.
 *
 * @throws CascadeError if a share is too small for any.
 */
export function studentGraphs(backbone: Graph, shares: readonly number[], classes: number): readonly Graph[] {
  const macs = totalMacs(backbone);
  const options = { inputShape: backbone.inputShape, classes };
  return shares.map((share) => studentWithin(share * macs, options));
}

async function fitAndKeep(
  index: number,
  graph: Graph,
  backboneMacs: number,
  images: TrainingImages,
  file: string,
  context: AttachContext,
): Promise<void> {
  const macs = totalMacs(graph);
  const what = `a student of ${(macs / 1e6).toFixed(1)} M MACs (${((100 * macs) / backboneMacs).toFixed(1)} % of the network's)`;
  const seed = context.options.seed + index;
  const bare = { graph, parameters: initialParameters(graph, createRandom(seed)) };
  const begun = withPixelInput(bare, context.dataset.description.normalization);
  // How pixels are normalised is no part of what is fitted.
  const frozen = new Set([...begun.parameters.keys()].filter((name) => !bare.parameters.has(name)));
  const recipe = recipeWith(STUDENT_RECIPE, context.options.epochs);
  const fit = { ...images, begun, frozen, recipe, seed };
  const { parameters, heldOutAccuracy } = await fitResumably(what, file, fit, context);
  const folded = foldBatchNormalization({ graph: begun.graph, parameters });
  await keepFitted(file, { parameters: folded.parameters, heldOutAccuracy });
}

/** A finished student as it was kept. @throws CascadeError if the file is damaged. */
async function readStudent(
  bare: Graph,
  normalization: Normalization,
  file: string,
): Promise<Pick<StudentMember, 'network' | 'heldOutAccuracy' | 'sha256'>> {
  const graph = foldedGraph(withPixelInput({ graph: bare, parameters: new Map() }, normalization).graph);
  const { parameters, ...kept } = await readFitted(file, graph);
  return { network: { graph, parameters }, ...kept };
}

/** Channels of its first stage. */
function widthOf({ nodes }: Graph): number {
  const stem = nodes.find((node) => node.kind === 'convolution');
  return stem?.kind === 'convolution' ? stem.outputChannels : 0;
}
