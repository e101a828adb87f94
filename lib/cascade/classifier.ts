import type { SavedNetwork } from '../artifact/attached-network.js';
import { exitCosts } from '../artifact/exit-costs.js';
import { FULL_NETWORK } from '../artifact/exit-names.js';
import type { Manifest } from '../artifact/manifest.js';
import { decodeImage } from '../data/pictures/decode-image.js';
import { STRETCH } from '../data/pictures/preprocessing.js';
import type { Engine } from '../engine/engine.js';
import type { DecisionRule } from '../exits/decision-rule.js';
import { enabledExits, leavingCosts } from '../exits/thresholds.js';
import { elementCount } from '../network/tensor.js';
import { openRouter } from '../router/open-router.js';
import type { Router } from '../router/router.js';

/** What a cascade says about an image. */
export interface Answer {
  /** Number of the class, from 0. */
  readonly label: number;
  readonly className: string;
  /** Softmax of the exit at that class, a fraction. */
  readonly probability: number;
  /** Residual block after which the image left; null for the full network, and at the end of a network of a chain. */
  readonly block: number | null;
  /** Where it left, in words: `block 2`, `full network`. */
  readonly leftAt: string;
  /** Multiply-accumulates that it cost, every visited head billed. */
  readonly macs: number;
  /** Whether the full network was run to check it, and is billed; not when left out. */
  readonly isChecked?: boolean;
}

export interface ClassifierOptions {
  readonly rule: DecisionRule;
  /** Images that a segment runs at once. */
  readonly batchSize: number;
  /**
   * Told of every image that leaves, by the number that `push` gave it, in the order in which they do.
   *
   * @param isEarly whether it left at an exit.
   */
  readonly onAnswer: (image: number, answer: Answer, isEarly: boolean) => void;
}

/** A cascade's router, with pictures on one side of it and answers on the other. */
export interface Classifier extends Router {
  /** `[channels, height, width]` of the pixels that `push` takes. */
  readonly inputShape: readonly [number, number, number];
  /** Bytes of one image. */
  readonly imageBytes: number;
  /** An image file scaled to the network's input. @throws CascadeError if it cannot be decoded. */
  decode(file: string): Promise<Uint8Array>;
}

/**
 * Opens a cascade for classifying with real early exit.
 *
 * @throws CascadeError if the engine lacks a node of the network.
 */
export async function openClassifier(
  engine: Engine,
  saved: SavedNetwork,
  manifest: Manifest,
  { rule, batchSize, onAnswer }: ClassifierOptions,
): Promise<Classifier> {
  const { exits, class_names: names, backbone } = manifest;
  const inputShape = saved.network.graph.inputShape as readonly [number, number, number];
  const preprocessing = backbone?.preprocessing ?? STRETCH;
  const macs = leavingCosts(exitCosts(manifest), enabledExits(rule.thresholds));
  const router = await openRouter(engine, saved, {
    rule,
    batchSize,
    onImage: ({ image, exit, prediction, probability }) =>
      onAnswer(
        image,
        {
          label: prediction,
          className: names[prediction]!,
          probability,
          block: exits[exit]?.block ?? null,
          leftAt: exits[exit]?.name ?? FULL_NETWORK,
          macs: macs[exit]!,
        },
        exit < exits.length,
      ),
  });
  return {
    ...router,
    inputShape,
    imageBytes: elementCount(inputShape),
    decode: (file) => decodeImage(file, file, inputShape, { preprocessing, upright: true }),
  };
}
