import type { SavedNetwork } from '../../artifact/attached-network.js';
import type { Manifest } from '../../artifact/manifest.js';
import type { Engine, Program } from '../../engine/engine.js';
import { subnetwork } from '../../network/segments.js';
import { InOrder } from '../../router/in-order.js';
import { argmax } from '../../stats/argmax.js';
import { type Answer, type Classifier, type ClassifierOptions, openClassifier } from '../classifier.js';
import type { Check, Checks } from './check.js';

export interface CheckedOptions extends ClassifierOptions {
  /** None where the full network is compared with nothing. */
  readonly checks: Checks | undefined;
}

/** An image that the full network is to be run for. */
interface Waiting {
  readonly image: number;
  readonly serial: number;
  readonly answer: Answer;
  readonly isEarly: boolean;
  readonly pixels: Uint8Array;
}

/**
 * A classifier that runs the full network too on some of the images that left early, and bills it. The cascade's answer stands. Where the
 * cascade gets to its end by the full network's output alone, the two agree, and nothing is run again.
 *
 * @throws CascadeError if the engine lacks a node of the network.
 */
export async function openCheckedClassifier(
  engine: Engine,
  saved: SavedNetwork,
  manifest: Manifest,
  { checks, ...options }: CheckedOptions,
): Promise<Classifier> {
  if (checks === undefined) return openClassifier(engine, saved, manifest, options);
  const { rule, batchSize, onAnswer } = options;
  const observed = new InOrder<Check | undefined>((check) => checks.observe(check));
  /** Places in the stream and pixels of the images that are under way; pixels of chosen ones alone. */
  const serials = new Map<number, number>();
  const chosen = new Map<number, Uint8Array>();
  let waiting: Waiting[] = [];
  let pushed = 0;
  const classifier = await openClassifier(engine, saved, manifest, {
    rule,
    batchSize,
    onAnswer: (image, answer, isEarly) => {
      const serial = serials.get(image)!;
      const pixels = chosen.get(image);
      serials.delete(image);
      chosen.delete(image);
      const isUndecided = isEarly || Boolean(rule.scoring.lastAveraging);
      if (pixels !== undefined && isUndecided) waiting.push({ image, serial, answer, isEarly, pixels });
      else {
        observed.add(serial, pixels && { ranFull: false, disagrees: false });
        onAnswer(image, answer, isEarly);
      }
    },
  });
  const full = await openFullNetwork(engine, saved);
  const runWaiting = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      waiting = waiting.slice(batchSize);
      const [logits] = await full.run(Buffer.concat(batch.map(({ pixels }) => pixels)), batch.length);
      batch.forEach(({ image, serial, answer, isEarly }, place) => {
        const own = logits!.slice(place * manifest.classes, (place + 1) * manifest.classes);
        observed.add(serial, { ranFull: true, disagrees: argmax(own) !== answer.label, logits: own });
        onAnswer(image, { ...answer, macs: answer.macs + manifest.full_macs, isChecked: true }, isEarly);
      });
    }
    await checks.save?.();
  };
  return {
    ...classifier,
    async push(images, numbers) {
      const { imageBytes } = classifier;
      for (let place = 0; place < numbers.length; place++) {
        const serial = pushed++;
        serials.set(numbers[place]!, serial);
        if (checks.chooses())
          chosen.set(numbers[place]!, images.slice(place * imageBytes, (place + 1) * imageBytes));
      }
      await classifier.push(images, numbers);
      await runWaiting();
    },
    async flush() {
      await classifier.flush();
      await runWaiting();
    },
    async dispose() {
      await classifier.dispose();
      await full.dispose();
      await checks.close?.();
    },
  };
}

/** The full network by itself, from pixels to logits. */
function openFullNetwork(engine: Engine, { network }: SavedNetwork): Promise<Program> {
  const { input, output } = network.graph;
  return engine.load(subnetwork(network, input, [output]), { outputs: [output], inputType: 'uint8' });
}
