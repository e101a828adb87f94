import test from 'ava';
import fc from 'fast-check';
import {
  type AttachedNetwork,
  attachHeads,
  exitsOf,
  type SavedNetwork,
} from '../../lib/artifact/attached-network.js';
import { exitCosts } from '../../lib/artifact/exit-costs.js';
import { joinMembers } from '../../lib/cascade/chain/join-members.js';
import { type EngineName, openEngine } from '../../lib/engine/open-engine.js';
import type { BackendName } from '../../lib/engine/tensorflow/backend-names.js';
import { CRITERION_NAMES } from '../../lib/exits/criteria.js';
import type { DecisionRule } from '../../lib/exits/decision-rule.js';
import type { ExitCosts } from '../../lib/exits/exit-table.js';
import { tableFor } from '../../lib/exits/exit-tables.js';
import { type RecordedOutputs, scoredTables } from '../../lib/exits/recorded-outputs.js';
import { replay } from '../../lib/exits/replay.js';
import { enabledExits, leavingCosts } from '../../lib/exits/thresholds.js';
import { headGraph } from '../../lib/heads/head-graph.js';
import { HEAD_KINDS } from '../../lib/heads/head-kinds.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import type { Network } from '../../lib/network/graph.js';
import { totalMacs } from '../../lib/network/macs.js';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import { randomBackbone } from '../../lib/network/random-network.js';
import { elementCount } from '../../lib/network/tensor.js';
import { openRouter } from '../../lib/router/open-router.js';
import { createRandom } from '../../lib/stats/random.js';
import { randomImages } from '../../scripts/bench/random-images.js';

const IMAGES = 61;
const CLASSES = 10;
/** Exits of every network here. */
const EXITS = 3;
const HELD_OUT = new Array<number>(EXITS).fill(50);

type SavedWithCosts = { readonly saved: SavedNetwork; readonly costs: ExitCosts };

/** A network of random weights with random heads behind some of its blocks. */
function withHeads(backbone: Network, blocks: readonly number[], seed: number): AttachedNetwork {
  const cuts = cutPoints(backbone.graph);
  const places = blocks.map((block) => ({ cut: cuts[block]!, head: 'linear' as const }));
  const random = createRandom(seed);
  const heads = places.map(({ cut }) => {
    const graph = headGraph(HEAD_KINDS.linear, cut.shape, CLASSES);
    return new Map(
      [...parameterShapes(graph)].map(([name, shape]) => [
        name,
        { shape, data: Float32Array.from({ length: elementCount(shape) }, () => 4 * random() - 2) },
      ]),
    );
  });
  return attachHeads(backbone, places, CLASSES, heads);
}

const NETWORKS = {
  /** A ResNet-14 with three exits. */
  'a network': (): SavedWithCosts => {
    const backbone = randomBackbone(2);
    const saved = withHeads(backbone, [1, 3, 4], 5);
    return {
      saved,
      costs: exitCosts({ exits: exitsOf(saved, HELD_OUT), full_macs: totalMacs(backbone.graph) }),
    };
  },
  /** A ResNet-8 with an exit inside, its end, and a ResNet-14 with an exit inside. */
  'a chain': (): SavedWithCosts => {
    const members = [
      [1, 1],
      [2, 3],
    ].map(([blocksPerStage, block], member) => {
      const backbone = randomBackbone(blocksPerStage!);
      const attached = withHeads(backbone, [block!], 5 + member);
      const inside = attached.exits.map(({ value, logits }, index) => ({
        ...{ value, logits },
        about: exitsOf(attached, HELD_OUT)[index]!,
      }));
      const macs = totalMacs(backbone.graph);
      const normalization = { mean: [0, 0, 0], std: [1, 1, 1] };
      return { network: attached.network, macs, exits: inside, architecture: 'ResNet', normalization };
    });
    const { saved, exits } = joinMembers(members, ['small', 'large']);
    const full_macs = members.at(-1)!.macs;
    return { saved, costs: exitCosts({ exits, full_macs, full_member: saved.fullMember }) };
  },
} as const;

/** What all outputs of a network say about some images of noise. */
async function recordedNetwork(kind: keyof typeof NETWORKS, engineName: EngineName, backend?: BackendName) {
  const { saved, costs } = NETWORKS[kind]();
  const { network, exits } = saved;
  const engine = await openEngine(engineName, { backend });
  const source = randomImages(IMAGES);
  const pixels = new Uint8Array(IMAGES * elementCount(source.shape));
  const rows = Uint32Array.from({ length: IMAGES }, (_, row) => row);
  await source.readImages(rows, pixels);
  const outputs = [...exits.map(({ logits }) => logits), network.graph.output];
  const program = await engine.load(network, { outputs, inputType: 'uint8' });
  const logits = await program.run(pixels, IMAGES);
  await program.dispose();
  const recorded = {
    classes: CLASSES,
    labels: source.labels,
    exitLogits: logits.slice(0, -1),
    fullLogits: logits.at(-1)!,
    costs,
  };
  return { engine, saved, pixels, rows, recorded };
}

const scorings = fc.record({
  criterion: fc.constantFrom(...CRITERION_NAMES),
  temperatures: fc.constantFrom([1, 1, 1], [0.5, 2, 1.5]),
  averaging: fc.constantFrom(0, 0.4),
  lastAveraging: fc.constantFrom(0, 0.4, 0.8),
  top: fc.constantFrom(1, 2),
} as const);

/** For each exit disabled, or the rank of the image whose confidence is to be the threshold, as a share. */
const quantiles = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), {
  minLength: EXITS,
  maxLength: EXITS,
});

/** What an image is taken for where it leaves, one image at a time: the formula of `Scoring`, written out. */
function expectedPrediction(
  { exitLogits, fullLogits }: Pick<RecordedOutputs, 'exitLogits' | 'fullLogits'>,
  { scoring, thresholds }: DecisionRule,
  leftAt: number,
  image: number,
): number {
  const { averaging, lastAveraging = 0, temperatures } = scoring;
  const logSoftmax = (logits: Float32Array, temperature: number): number[] => {
    const scaled = [...logits.subarray(image * CLASSES, (image + 1) * CLASSES)].map(
      (value) => value / temperature,
    );
    const most = Math.max(...scaled);
    const normalizer = most + Math.log(scaled.reduce((sum, value) => sum + Math.exp(value - most), 0));
    return scaled.map((value) => value - normalizer);
  };
  let before = new Array<number>(CLASSES).fill(0);
  const added = (values: readonly number[], weight: number): number[] =>
    values.map((value, label) => value + weight * before[label]!);
  for (let exit = 0; exit <= leftAt && exit < exitLogits.length; exit++) {
    if (thresholds[exit] === null) continue;
    before = added(logSoftmax(exitLogits[exit]!, temperatures![exit]!), averaging);
  }
  if (leftAt < exitLogits.length) return before.indexOf(Math.max(...before));
  const last = added(logSoftmax(fullLogits, 1), lastAveraging);
  return last.indexOf(Math.max(...last));
}

/** Between two neighbouring confidences, where no rounding decides. */
function thresholdBetween(confidences: Float64Array, share: number): number {
  const all = [...confidences].sort((a, b) => a - b);
  const sorted = all.filter((value, index) => index === 0 || value - all[index - 1]! > 1e-5);
  const position = Math.floor(share * (sorted.length - 1));
  const next = sorted[position + 1];
  return next === undefined ? sorted[position]! - 1e-3 : (sorted[position]! + next) / 2;
}

const AVERAGED_TO_THE_END = {
  criterion: 'softmax',
  temperatures: [1, 1, 1],
  averaging: 0.4,
  lastAveraging: 0.8,
  top: 1,
} as const;

/** All exits, one, and none. */
const FEW_EXITS = [
  [0.6, 0.7, 0.8],
  [null, 0.7, null],
  [null, null, null],
].map((shares): [typeof AVERAGED_TO_THE_END, (number | null)[], number] => [AVERAGED_TO_THE_END, shares, 16]);

const equalsReplay = test.macro({
  title: (_, kind: keyof typeof NETWORKS, engine: EngineName, __, way: 'one file' | 'segments') =>
    `on ${engine}, decisions, predictions and MACs of ${kind} run as ${way} equal the replay of its records`,
  exec: async (
    t,
    kind: keyof typeof NETWORKS,
    engineName: EngineName,
    backend: BackendName | undefined,
    way: 'one file' | 'segments',
    runs: number,
  ) => {
    const { engine: whole, saved, pixels, rows, recorded } = await recordedNetwork(kind, engineName, backend);
    const { name, version, load } = whole;
    // Without the ability to take ONNX files an engine is given the segments one by one.
    const engine = way === 'one file' ? whole : { name, version, load };
    const { costs } = recorded;
    await fc.assert(
      fc.asyncProperty(
        scorings,
        quantiles,
        fc.integer({ min: 1, max: 70 }),
        async (scoring, shares, batchSize) => {
          const tables = scoredTables(recorded, scoring);
          const table = tables.table(shares.map((share) => share !== null));
          const thresholds = shares.map((share, exit) =>
            share === null ? null : thresholdBetween(table.exits[exit]!.confidence, share),
          );
          const expected = replay(tableFor(tables, thresholds), thresholds);
          const leftAt = new Uint8Array(IMAGES);
          const predictions = new Int32Array(IMAGES).fill(-1);
          const router = await openRouter(engine, saved, {
            rule: { scoring, thresholds },
            batchSize,
            onImage: ({ image, exit, prediction }) => {
              leftAt[image] = exit;
              predictions[image] = prediction;
            },
          });
          for (let first = 0; first < IMAGES; first += batchSize) {
            const numbers = rows.subarray(first, first + batchSize);
            const imageBytes = pixels.length / IMAGES;
            await router.push(
              pixels.slice(first * imageBytes, (first + numbers.length) * imageBytes),
              numbers,
            );
          }
          await router.flush();
          await router.dispose();
          t.deepEqual(leftAt, expected.leftAt);
          const bill = leavingCosts(costs, enabledExits(thresholds));
          t.is(
            leftAt.reduce((sum, exit) => sum + bill[exit]!, 0),
            expected.cost,
          );
          const rule = { scoring, thresholds };
          t.deepEqual(
            [...predictions],
            [...leftAt].map((exit, image) => expectedPrediction(recorded, rule, exit, image)),
          );
          if (scoring.top === 1)
            t.is(
              predictions.reduce((sum, label, image) => sum + Number(label === recorded.labels[image]), 0),
              expected.correctCounts.reduce((sum, count) => sum + count, 0),
            );
        },
      ),
      { numRuns: runs, seed: 1, examples: FEW_EXITS },
    );
  },
});

for (const kind of ['a network', 'a chain'] as const) {
  test(equalsReplay, kind, 'onnxruntime', undefined, 'one file', 20);
  test(equalsReplay, kind, 'onnxruntime', undefined, 'segments', 20);
  test(equalsReplay, kind, 'tensorflow', 'wasm', 'segments', 8);
}
