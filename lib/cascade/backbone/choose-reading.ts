import { counted } from '../../counted.js';
import type { ImageSource } from '../../data/image-source.js';
import type { Engine, Program } from '../../engine/engine.js';
import { foldBatchNormalization } from '../../network/fold-batch-norm.js';
import type { Network } from '../../network/graph.js';
import { totalMacs } from '../../network/macs.js';
import { elementCount } from '../../network/tensor.js';
import type { Reporter } from '../../reporter.js';
import { chanceAgreement } from '../../stats/chance-agreement.js';
import { pairedDifference } from '../../stats/paired-difference.js';
import {
  logLikelihoodOf,
  meanLogLikelihood,
  type Reading,
  type ReadingChoice,
  type TriedReading,
} from './reading.js';
import { tryReading } from './try-reading.js';

/** Images after which readings that are clearly behind are given up, ascending; the last ones only if something is still open. */
const STAGES = [16, 32, 64, 128, 256, 512, 1024, 2048] as const;

/** Images after which the search may end, so that the accuracy means something. */
const ENOUGH_IMAGES = 256;

/** Multiply-accumulates that a reading may cost, some seconds on two cores: of a large network fewer images are tried. */
const MOST_MACS = 3e11;

/** Images that are tried of a network of any size. */
const LEAST_IMAGES = 100;

/** Standard errors of a mean paired difference from which on one reading is clearly ahead of another. */
const CLEAR = 2.5;

/** Inputs whose sizes differ by less than this factor are of like size. */
const LIKE_SIZE = 2;

/** A mean difference in log-likelihood, in nats, below which inputs of another size are no better. */
const MATERIAL_LOG_LIKELIHOOD = 1e-3;

/** To be given up before the end, a reading must be behind by more: of few images the standard error itself is known badly. */
const GIVEN_UP = { errors: 4, logLikelihood: 0.1 } as const;

/** Probability of being as good by chance below which a reading counts as better than chance. */
export const CHANCE_LEVEL = 1e-3;

/** What a backbone is tried on. */
export interface Trial {
  readonly engine: Engine;
  /** Labelled images. */
  readonly source: ImageSource;
  /** Numbers of some of them, in random order; as many as are needed are read. */
  readonly sample: Uint32Array;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds out on labelled images which reading of a file of weights was meant: the one under which the images' classes are likeliest.
 * Where others are not clearly behind it (by the paired differences against their standard error), the one of the lowest rank among
 * them; and that of the lowest rank of all where even the likeliest is no better than chance, since it then says nothing. All
 * readings see a few images, and only those that are not yet clearly behind see more.
 *
 * @param readings at least one.
 */
export async function chooseReading(
  readings: readonly Reading[],
  { engine, source, sample, reporter, signal }: Trial,
): Promise<ReadingChoice> {
  const tried = readings.map((reading) => ({ reading, logOdds: [] as number[], answers: [] as number[] }));
  const usual = leastRank(tried);
  const labels: number[] = [];
  const programs = new Map<Network, Program>();
  let open = tried;
  const stages = stagesOf(readings, sample);
  const bar = reporter.bar(`Trying ${counted(readings.length, 'way')} to read the backbone`, stages.length);
  try {
    for (const [stage, size] of stages.entries()) {
      const images = await held(source, sample.subarray(labels.length, size));
      for (const label of images.labels) labels.push(label);
      for (const { reading, logOdds, answers } of open) {
        const program =
          programs.get(reading.variant.network) ?? (await load(reading.variant.network, engine));
        programs.set(reading.variant.network, program);
        const onImage = (odds: number, answer: number): void => {
          logOdds.push(odds);
          answers.push(answer);
        };
        await tryReading(program, reading.normalization, images, onImage, signal);
      }
      bar.update(stage + 1);
      const best = likeliest(open);
      open = open.filter((each) => each === usual || !isGivenUp(each, best));
      const isDecided = open.every((each) => each === best || isClearlyBehind(each, best));
      if (size >= ENOUGH_IMAGES && (isDecided || usual.reading.rank <= 0)) break;
    }
  } finally {
    bar.stop();
    for (const program of programs.values()) await program.dispose();
  }
  const best = likeliest(open);
  return {
    chosen: likelyOf(open, labels) ?? usual,
    best,
    usual,
    tried: tried.toSorted(
      (a, b) => b.answers.length - a.answers.length || meanLogLikelihood(b) - meanLogLikelihood(a),
    ),
    labels,
  };
}

/** The one of the least rank among the likeliest and those not clearly behind it; undefined where even that is no better than chance. */
export function likelyOf<Tried extends TriedReading>(
  tried: readonly Tried[],
  labels: readonly number[],
): Tried | undefined {
  const best = likeliest(tried);
  if (!isBetterThanChance(best, labels)) return undefined;
  return leastRank(tried.filter((each) => !isClearlyBehind(each, best)));
}

/** Whether answers could hardly be as good by chance. */
export function isBetterThanChance({ answers }: TriedReading, labels: readonly number[]): boolean {
  return chanceAgreement(answers, labels).pValue <= CHANCE_LEVEL;
}

/** The likeliest reading, where it is clearly ahead of the chosen one and better than chance; undefined otherwise. */
export function betterReading({ chosen, best, labels }: ReadingChoice): TriedReading | undefined {
  return isClearlyBehind(chosen, best) && isBetterThanChance(best, labels) ? best : undefined;
}

/** Images behind each stage, of a set that is large enough for all of them. */
function stagesOf(readings: readonly Reading[], { length }: Uint32Array): readonly number[] {
  const macs = Math.max(...readings.map(({ variant }) => totalMacs(variant.network.graph)));
  const most = Math.min(length, Math.max(LEAST_IMAGES, Math.floor(MOST_MACS / macs)));
  return [...STAGES.filter((size) => size < most), Math.min(most, STAGES.at(-1)!)];
}

function load(network: Network, engine: Engine): Promise<Program> {
  return engine.load(foldBatchNormalization(network), { inputType: 'float32' });
}

/** Images kept in memory, since they are read for every reading. */
async function held(source: ImageSource, rows: Uint32Array): Promise<ImageSource> {
  const size = elementCount(source.shape);
  const pixels = new Uint8Array(rows.length * size);
  await source.readImages(rows, pixels);
  return {
    ...source,
    count: rows.length,
    labels: Uint16Array.from(rows, (row) => source.labels[row]!),
    async readImages(indices, into) {
      for (let position = 0; position < indices.length; position++) {
        const start = indices[position]! * size;
        into.set(pixels.subarray(start, start + size), position * size);
      }
    },
  };
}

function likeliest<Tried extends TriedReading>(tried: readonly Tried[]): Tried {
  return tried.reduce((best, each) => (meanLogLikelihood(each) > meanLogLikelihood(best) ? each : best));
}

/** The one of the lowest rank, of several the likeliest. */
function leastRank<Tried extends TriedReading>(tried: readonly Tried[]): Tried {
  const rank = Math.min(...tried.map(({ reading }) => reading.rank));
  return likeliest(tried.filter(({ reading }) => reading.rank === rank));
}

/**
 * Whether a reading is clearly behind the likeliest of those that saw the same images, or more: in log-likelihood; or in log-odds,
 * where it is less likely too. Log-likelihoods hardly differ where a network is sure of nearly every image, as of those that it was
 * trained on, while their odds still tell which pixels it was trained with. But larger inputs make most networks surer, so that odds
 * count between inputs of like size only, and between others a difference in log-likelihood that means something.
 */
export function isClearlyBehind(each: TriedReading, best: TriedReading): boolean {
  return isAhead(best, each, CLEAR);
}

function isGivenUp(each: TriedReading, best: TriedReading): boolean {
  const { mean } = advantage(each, best, logLikelihoodOf);
  return mean > GIVEN_UP.logLikelihood && isAhead(best, each, GIVEN_UP.errors);
}

/** Whether the likeliest is ahead of another by more than so many standard errors, in one of the two. */
function isAhead(best: TriedReading, each: TriedReading, errors: number): boolean {
  const likelihood = advantage(each, best, logLikelihoodOf);
  const areAlike = Math.abs(logSize(each) - logSize(best)) < Math.log(LIKE_SIZE);
  if (!areAlike)
    return likelihood.mean > Math.max(MATERIAL_LOG_LIKELIHOOD, errors * likelihood.standardError);
  const odds = advantage(each, best, (logOdds) => logOdds);
  return [likelihood, odds].some(({ mean, standardError }) => mean > errors * standardError);
}

/** Logarithm of the size of the inputs, up to what it is for all readings of the same pixels. */
function logSize({ reading: { normalization } }: TriedReading): number {
  const { std } = normalization;
  return -std.reduce((sum, deviation) => sum + Math.log(deviation), 0) / std.length;
}

/** What the best has over another in a function of the log-odds of the images that both saw. */
function advantage(
  each: TriedReading,
  best: TriedReading,
  score: (logOdds: number) => number,
): ReturnType<typeof pairedDifference> {
  const { length } = each.logOdds;
  return pairedDifference(best.logOdds.slice(0, length).map(score), each.logOdds.map(score));
}
