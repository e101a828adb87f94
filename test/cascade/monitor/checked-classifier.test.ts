import test from 'ava';
import { loadNetwork } from '../../../lib/artifact/attached-network.js';
import type { Answer } from '../../../lib/cascade/classifier.js';
import type { Check } from '../../../lib/cascade/monitor/check.js';
import { openCheckedClassifier } from '../../../lib/cascade/monitor/checked-classifier.js';
import { openEngine } from '../../../lib/engine/open-engine.js';
import { averagedBy, DEFAULT_SCORING, type Scoring } from '../../../lib/exits/scoring.js';
import { argmax } from '../../../lib/stats/argmax.js';
import { createRandom } from '../../../lib/stats/random.js';
import { CLASSES, SHAPE, smallCascade } from '../../support/small-cascade.js';
import { smallChain } from '../../support/small-chain.js';

const IMAGES = 61;
const SIZE = SHAPE[0] * SHAPE[1] * SHAPE[2];

function randomPixels(): Uint8Array {
  const random = createRandom(5);
  return Uint8Array.from({ length: IMAGES * SIZE }, () => 256 * random());
}

for (const [kind, make] of [
  ['cascade', smallCascade],
  ['chain', smallChain],
] as const) {
  for (const [name, scoring] of [
    ['each exit by itself', DEFAULT_SCORING],
    ['averaged outputs', { ...DEFAULT_SCORING, ...averagedBy(0.8) }],
  ] as const) {
    for (const engineName of ['onnxruntime', 'tensorflow'] as const) {
      test(`checks of a ${kind} with ${name} on ${engineName} compare with the full network, in order`, async (t) => {
        const { folder, manifest } = await make(t);
        const saved = await loadNetwork(folder, manifest);
        const engine = await openEngine(engineName);
        const pixels = randomPixels();
        const { input, output } = saved.network.graph;
        t.is(typeof input, 'string');
        const program = await engine.load(saved.network, { outputs: [output], inputType: 'uint8' });
        const [full] = await program.run(pixels, IMAGES);
        await program.dispose();
        const fullClass = (image: number): number => argmax(full!, image * CLASSES, CLASSES);
        const plain = await answersOf(scoring, 8, () => false);
        const chosen = (image: number): boolean => image % 3 !== 1;
        for (const batchSize of [1, 7, 64]) {
          const { answers, early, checks, number } = await answersOf(scoring, batchSize, chosen);
          t.is(number, IMAGES);
          t.is(checks.filter((check) => check === undefined).length, 20);
          for (let image = 0; image < IMAGES; image++) {
            const { macs, isChecked = false, ...answer } = answers.get(image)!;
            const { macs: own, ...expected } = plain.answers.get(image)!;
            t.deepEqual(answer, { ...expected, probability: answer.probability });
            const check = checks[image];
            if (!chosen(image)) {
              t.is(check, undefined);
              t.is(macs, own);
              continue;
            }
            t.is(check!.ranFull, early.get(image)! || Boolean((scoring as Scoring).lastAveraging));
            t.is(check!.disagrees, answer.label !== fullClass(image));
            t.is(macs, own + (check!.ranFull ? manifest.full_macs : 0));
            t.is(isChecked, check!.ranFull);
          }
        }

        async function answersOf(
          by: Scoring,
          batchSize: number,
          chooses: (image: number) => boolean,
        ): Promise<{
          readonly answers: ReadonlyMap<number, Answer>;
          readonly early: ReadonlyMap<number, boolean>;
          readonly checks: readonly (Check | undefined)[];
          readonly number: number;
        }> {
          const answers = new Map<number, Answer>();
          const early = new Map<number, boolean>();
          const checks: (Check | undefined)[] = [];
          let next = 0;
          const thresholds = saved.exits.map(() => 0.4);
          const classifier = await openCheckedClassifier(engine, saved, manifest, {
            rule: { scoring: by, thresholds },
            batchSize,
            checks: { chooses: () => chooses(next++), observe: (check) => checks.push(check) },
            onAnswer: (image, answer, isEarly) => {
              answers.set(image, answer);
              early.set(image, isEarly);
            },
          });
          for (let first = 0; first < IMAGES; first += batchSize) {
            const count = Math.min(batchSize, IMAGES - first);
            const numbers = Array.from({ length: count }, (_, place) => first + place);
            await classifier.push(pixels.subarray(first * SIZE, (first + count) * SIZE), numbers);
          }
          await classifier.flush();
          await classifier.dispose();
          return { answers, early, checks, number: checks.length };
        }
      });
    }
  }
}
