import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkParameters } from '../../artifact/check-network.js';
import type { ImageSource } from '../../data/image-source.js';
import type { Engine } from '../../engine/engine.js';
import { CascadeError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { readWhole } from '../../files/open-for-reading.js';
import { sha256Of } from '../../files/sha256.js';
import { type FitStudentOptions, fitStudent, type StudentProgress } from '../../heads/student/fit-student.js';
import { studentWithin } from '../../heads/student/student-graph.js';
import { STUDENT_RECIPE } from '../../heads/student/student-recipe.js';
import { teacherLogits } from '../../heads/student/teacher-logits.js';
import { foldBatchNormalization } from '../../network/fold-batch-norm.js';
import type { Graph, Network } from '../../network/graph.js';
import { withPixelInput } from '../../network/input/pixel-input.js';
import { totalMacs } from '../../network/macs.js';
import { parameterCount, parameterShapes } from '../../network/parameter-shapes.js';
import { elementCount } from '../../network/tensor.js';
import { createRandom } from '../../stats/random.js';
import { initialParameters } from '../../training/initial-parameters.js';
import { loadingSteps } from '../../training/training-step.js';
import { readSafetensors, writeSafetensors } from '../../weights/safetensors.js';
import type { ChainMember } from '../chain/chain-member.js';
import { type AttachContext, openUsableSplit } from './attach-context.js';
import { fittingRows } from './fitting-rows.js';

/** A fitted student as a network that stands before the backbone. */
export interface StudentMember extends ChainMember {
  /** Of the backbone's multiply-accumulates that it was allowed, a fraction. */
  readonly share: number;
  /** Of the file that it was kept in. */
  readonly sha256: string;
}

/** Its file does not fit. */
const REMEDY = 'delete it and attach again';

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
  const { dataset, work, options } = context;
  const { normalization, class_names: names } = dataset.description;
  const macs = totalMacs(backbone.graph);
  const graphs = studentGraphs(backbone.graph, shares, names.length);
  const fileOf = (index: number): string => path.join(work, 'fitted', `student-${index}.safetensors`);
  const missing = graphs.flatMap((_, index) => (existsSync(fileOf(index)) ? [] : [index]));
  if (missing.length > 0) {
    const source = await openUsableSplit(context, dataset.description.splits.fit);
    try {
      const rows = fittingRows(source, options.seed, options.fitImages);
      const teacher = await recordTeacher(backbone, source, rows, context);
      const { augmentation } = dataset.description;
      for (const index of missing) {
        const common = { source, rows, teacher, augmentation, graph: graphs[index]!, normalization };
        await fitAndKeep({ ...common, seed: options.seed + index }, fileOf(index), macs, context);
      }
    } finally {
      await source.close();
    }
  }
  return Promise.all(
    graphs.map(async (graph, index) => ({
      ...(await readStudent(graph, fileOf(index), context)),
      share: shares[index]!,
      macs: totalMacs(graph),
      architecture: `student of ${widthOf(graph)} channels`,
      normalization,
      exits: [],
    })),
  );
}

/**
 * Says before anything is computed what would keep students from being fitted.
 *
 * @throws CascadeError if one is too small for any student, or the engine fits no whole networks.
 */
export function checkStudents(
  backbone: Graph,
  shares: readonly number[],
  classes: number,
  engine: Engine,
): void {
  if (studentGraphs(backbone, shares, classes).length > 0) loadingSteps(engine);
}

/** The students that take no more than shares of a backbone's multiply-accumulates. */
function studentGraphs(backbone: Graph, shares: readonly number[], classes: number): readonly Graph[] {
  const macs = totalMacs(backbone);
  const options = { inputShape: backbone.inputShape, classes };
  return shares.map((share) => studentWithin(share * macs, options));
}

async function recordTeacher(
  backbone: Network,
  source: ImageSource,
  rows: Uint32Array,
  { engine, options }: AttachContext,
): Promise<Float32Array> {
  const bar = options.reporter.bar('Outputs of the full network', rows.length);
  try {
    return await teacherLogits(engine, backbone, source, {
      rows,
      signal: options.signal,
      onProgress: (done) => bar.update(done),
    });
  } finally {
    bar.stop();
  }
}

async function fitAndKeep(
  common: Omit<FitStudentOptions, 'recipe'>,
  file: string,
  backboneMacs: number,
  { engine, options }: AttachContext,
): Promise<void> {
  const { reporter, signal } = options;
  const macs = totalMacs(common.graph);
  const unfinished = `${file}.unfinished`;
  const what = `a student of ${(macs / 1e6).toFixed(1)} M MACs (${((100 * macs) / backboneMacs).toFixed(1)} % of the network's)`;
  const bar = reporter.bar(`Fitting ${what}`, 1000);
  try {
    const { network, heldOutAccuracy } = await fitStudent(engine, {
      ...common,
      recipe: STUDENT_RECIPE,
      signal,
      from: existsSync(unfinished) ? await readProgress(unfinished, common.graph) : undefined,
      onEpoch: (progress) => writeProgress(unfinished, progress),
      onEstimate: (seconds) =>
        reporter.note(`Fitting ${what} takes about ${duration(seconds)} on this machine.`),
      onProgress: (share) => bar.update(Math.round(1000 * share)),
    });
    const metadata = { heldOutAccuracy: String(heldOutAccuracy) };
    await writeFileAtomically(file, writeSafetensors(network.parameters, metadata));
  } finally {
    bar.stop();
  }
}

/** A finished student as it was kept. @throws CascadeError if the file is damaged. */
async function readStudent(
  graph: Graph,
  file: string,
  { dataset }: AttachContext,
): Promise<{ readonly network: Network; readonly heldOutAccuracy: number; readonly sha256: string }> {
  const bytes = await readWhole(file);
  const { tensors: parameters, metadata } = readSafetensors(bytes, file);
  const unfitted = { graph, parameters: initialParameters(graph, createRandom(0)) };
  const { graph: folded } = foldBatchNormalization(
    withPixelInput(unfitted, dataset.description.normalization),
  );
  checkParameters(folded, parameters, file, REMEDY);
  const heldOutAccuracy = Number(metadata['heldOutAccuracy']);
  if (!(heldOutAccuracy >= 0 && heldOutAccuracy <= 1))
    throw new CascadeError(`${file} does not tell the student's accuracy; ${REMEDY}.`);
  return { network: { graph: folded, parameters }, heldOutAccuracy, sha256: sha256Of(bytes) };
}

const STATE = ['parameters', 'velocity', 'statistics'] as const;

function writeProgress(file: string, { epochs, state }: StudentProgress): Promise<void> {
  const tensors = STATE.map((name) => [name, { shape: [state[name].length], data: state[name] }] as const);
  return writeFileAtomically(file, writeSafetensors(new Map(tensors), { epochs: String(epochs) }));
}

/** @throws CascadeError if the file is damaged. */
async function readProgress(file: string, graph: Graph): Promise<StudentProgress> {
  const { tensors, metadata } = readSafetensors(await readWhole(file), file);
  const epochs = Number(metadata['epochs']);
  const [parameters, velocity, statistics] = STATE.map((name) => tensors.get(name)?.data);
  const learned = parameterCount(graph);
  const all = [...parameterShapes(graph).values()].reduce((sum, shape) => sum + elementCount(shape), 0);
  const isWhole =
    Number.isInteger(epochs) &&
    epochs >= 1 &&
    epochs <= STUDENT_RECIPE.epochs &&
    parameters?.length === learned &&
    velocity?.length === learned &&
    statistics?.length === all - learned;
  if (!isWhole) throw new CascadeError(`${file} is no unfinished student of this size; ${REMEDY}.`);
  return { epochs, state: { parameters, velocity, statistics } };
}

function duration(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** Channels of its first stage. */
function widthOf({ nodes }: Graph): number {
  const stem = nodes.find((node) => node.kind === 'convolution');
  return stem?.kind === 'convolution' ? stem.outputChannels : 0;
}
