import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { counted } from '../../counted.js';
import type { ImageSource } from '../../data/image-source.js';
import type { Engine } from '../../engine/engine.js';
import { openBackend } from '../../engine/tensorflow/backend.js';
import type { BackendName } from '../../engine/tensorflow/backend-names.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { headLogits } from '../../heads/classify-features.js';
import type { ExitPlace } from '../../heads/exit-place.js';
import { openFeatureFile } from '../../heads/feature-file.js';
import type { FitHeadOptions, FittedHead } from '../../heads/fit-head.js';
import { fitHeads } from '../../heads/fit-heads.js';
import { headGraph } from '../../heads/head-graph.js';
import { mapShape } from '../../heads/head-input.js';
import { HEAD_KINDS, type PooledHeadName } from '../../heads/head-kinds.js';
import { openHeadStem } from '../../heads/head-stem.js';
import { recordFeatures } from '../../heads/record-features.js';
import type { Network } from '../../network/graph.js';
import { totalMacs } from '../../network/macs.js';
import type { Reporter } from '../../reporter.js';
import { probeRecipe } from './probe-recipe.js';
import { judgedCount, rowsToProbe } from './probed-images.js';

/** What probing takes besides the network and the places. */
export interface ProbeContext {
  readonly engine: Engine;
  readonly source: ImageSource;
  /** Fitting images by their number in the source, in random order; as many as are needed are taken. */
  readonly rows: Uint32Array;
  readonly classes: number;
  /** A folder for features, made anew and removed at the end. */
  readonly folder: string;
  /** What TensorFlow.js fits the probes with; the fastest that works when left out. */
  readonly fitBackend?: BackendName | undefined;
  readonly seed: number;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal | undefined;
}

/** What probes at many places say. */
export interface Probed {
  /** Where the probes stand and which heads they stand for, in the order of the outputs' exits. */
  readonly places: readonly ExitPlace<PooledHeadName>[];
  /** Logits of every probe and of the full network on images that no probe was fitted on. */
  readonly outputs: RecordedOutputs;
  /** Images that the probes were fitted on. */
  readonly fittingImages: number;
}

/**
 * Fits a quick head, a probe, at each of many places, on a part of the fitting images, and tells what each says of some others. The
 * backbone runs once over a few thousand images. A probe is of the kind of the head that it stands for, and weaker, since it sees
 * fewer images; what it costs is what that head costs.
 *
 * @param network that takes pixels.
 * @param places from the first block to the last; several kinds may stand at one block.
 * @throws CascadeError if images are missing or damaged; the signal's reason if it is aborted.
 */
export async function probeExits(
  network: Network,
  places: readonly ExitPlace<PooledHeadName>[],
  context: ProbeContext,
): Promise<Probed> {
  const { folder } = context;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    return await probe(network, places, context);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function probe(
  network: Network,
  places: readonly ExitPlace<PooledHeadName>[],
  { engine, source, rows, classes, folder, fitBackend, seed, reporter, signal }: ProbeContext,
): Promise<Probed> {
  const probed = rowsToProbe(rows);
  const judged = judgedCount(probed.length);
  const labels = Uint16Array.from(probed, (row) => source.labels[row]!);
  const featureFile = (index: number): string => path.join(folder, `probe-${index}.npy`);
  const fullFile = path.join(folder, 'full.npy');
  const targets = places.map(({ cut, head }, index) => ({
    value: cut.value,
    kind: HEAD_KINDS[head],
    channelsLast: cut.channelsLast,
    file: featureFile(index),
  }));
  const bar = reporter.bar('Probing images', probed.length);
  try {
    await recordFeatures(
      engine,
      network,
      [...targets, { value: network.graph.output, file: fullFile }],
      source,
      {
        rows: probed,
        signal,
        onProgress: (done) => bar.update(done),
      },
    );
  } finally {
    bar.stop();
  }
  const fits = places.map(
    ({ cut, head }, index): FitHeadOptions => ({
      kind: HEAD_KINDS[head],
      inputShape: mapShape(cut),
      classes,
      featureFiles: [featureFile(index)],
      labels,
      recipe: probeRecipe(HEAD_KINDS[head], judged / probed.length),
      seed: seed + index,
    }),
  );
  const { backend } = await openBackend(fitBackend);
  const fitting = reporter.bar(`Fitting ${counted(places.length, 'probe')} (${backend})`, 1000);
  let heads: readonly FittedHead[];
  try {
    heads = await fitHeads(fits, {
      backend,
      signal,
      onProgress: (share) => fitting.update(Math.round(1000 * share)),
    });
  } finally {
    fitting.stop();
  }
  const outputs = {
    classes,
    labels: labels.slice(0, judged),
    exitLogits: fits.map((fit, index) => logitsOf(fit, heads[index]!, judged)),
    fullLogits: firstRows(fullFile, judged),
    costs: {
      backbone: places.map(({ cut }) => cut.macs),
      heads: places.map(({ cut, head }) =>
        totalMacs(headGraph(HEAD_KINDS[head], cut.shape, classes, cut.channelsLast)),
      ),
      full: totalMacs(network.graph),
    },
  };
  return { places, outputs, fittingImages: probed.length - judged };
}

function logitsOf(
  { kind, inputShape, featureFiles }: FitHeadOptions,
  { parameters }: FittedHead,
  rows: number,
): Float32Array {
  const file = openFeatureFile(featureFiles[0]!);
  try {
    const stem = openHeadStem(kind, inputShape, file.columns);
    try {
      return headLogits(parameters, stem, file, rows);
    } finally {
      stem.dispose();
    }
  } finally {
    file.close();
  }
}

function firstRows(name: string, rows: number): Float32Array {
  const file = openFeatureFile(name);
  try {
    const values = new Float32Array(rows * file.columns);
    file.readRows(0, rows, values, 0);
    return values;
  } finally {
    file.close();
  }
}
