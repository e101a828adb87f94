import { blockName } from '../../../artifact/exit-names.js';
import { type DeepHeadName, HEAD_KINDS } from '../../../heads/head-kinds.js';
import { deepGraph } from '../../../heads/networks/deep-graph.js';
import { DEEP_RECIPE, recipeWith } from '../../../heads/networks/network-recipe.js';
import type { TrainingImages } from '../../../heads/networks/training-batches.js';
import { foldBatchNormalization } from '../../../network/fold-batch-norm.js';
import type { Network } from '../../../network/graph.js';
import { totalMacs } from '../../../network/macs.js';
import { graft, subnetwork } from '../../../network/segments.js';
import { createRandom } from '../../../stats/random.js';
import { initialParameters } from '../../../training/initial-parameters.js';
import type { AttachContext } from '../attach-context.js';
import { keepFitted } from '../fitted-weights.js';
import type { MissingHead } from '../missing-head.js';
import { fitResumably } from './kept-fit.js';
import { openNetworkImages } from './network-images.js';

/** What its nodes and parameters are called by while it is fitted behind a part of the backbone. */
const PREFIX = 'head/';

/**
 * Fits deep heads one after another, each behind the frozen part of the backbone before it, which runs again on every fresh crop: no
 * feature map is kept.
 *
 * @param backbone takes pixels.
 */
export async function fitDeepHeads(
  backbone: Network,
  missing: readonly MissingHead<DeepHeadName>[],
  context: AttachContext,
): Promise<void> {
  if (missing.length === 0) return;
  const images = await openNetworkImages(backbone, context);
  try {
    for (const head of missing) await fitAndKeep(backbone, head, images, context);
  } finally {
    await images.source.close();
  }
}

async function fitAndKeep(
  backbone: Network,
  { cut, head, exit, file }: MissingHead<DeepHeadName>,
  images: TrainingImages,
  context: AttachContext,
): Promise<void> {
  const { length: classes } = context.dataset.description.class_names;
  const seed = context.options.seed + exit;
  const graph = deepGraph(HEAD_KINDS[head], cut.shape, classes, cut.channelsLast);
  const trunk = subnetwork(backbone, backbone.graph.input, [cut.value]);
  const unfitted = { graph, parameters: initialParameters(graph, createRandom(seed)) };
  const { network, output } = graft(trunk, cut.value, unfitted, PREFIX);
  const { parameters, heldOutAccuracy } = await fitResumably(
    `a deep head of ${(totalMacs(graph) / 1e6).toFixed(1)} M MACs after ${blockName(cut.block, cut.scope)}`,
    file,
    {
      ...images,
      begun: { graph: { ...network.graph, output }, parameters: network.parameters },
      frozen: new Set(trunk.parameters.keys()),
      recipe: recipeWith(DEEP_RECIPE, context.options.epochs),
      seed,
    },
    context,
  );
  const own = [...unfitted.parameters.keys()].map((name) => [name, parameters.get(PREFIX + name)!] as const);
  const folded = foldBatchNormalization({ graph, parameters: new Map(own) });
  await keepFitted(file, { parameters: folded.parameters, heldOutAccuracy });
}
