import type { Normalization } from '../../network/input/pixel-input.js';
import type { BackboneVariant } from './load-backbone.js';

/** One way to read a file of weights where it leaves open what was meant: a variant of the network, and the pixels that it takes. */
export interface Reading {
  /** What its pixels are normalised by, in words. */
  readonly name: string;
  readonly variant: BackboneVariant;
  readonly normalization: Normalization;
  /** Where labelled images cannot tell two readings apart, the one of the lower rank is taken; 0 or less for one that is known to be right. */
  readonly rank: number;
}

/** A reading with what the network said of labelled images. */
export interface TriedReading {
  readonly reading: Reading;
  /** ln(p / (1 − p)) of the probability p that each image's class was given, in the order of the sample. */
  readonly logOdds: readonly number[];
  /** The likeliest class of each. */
  readonly answers: readonly number[];
}

export interface ReadingChoice {
  readonly chosen: TriedReading;
  /** The likeliest, with which the others are compared. */
  readonly best: TriedReading;
  /** The one of the least rank: what would be taken without any image. */
  readonly usual: TriedReading;
  /** All, those that saw the most images first, of them the likeliest; those that were soon behind saw fewer. */
  readonly tried: readonly TriedReading[];
  /** The class of each image of the sample. */
  readonly labels: readonly number[];
}

/** ln p of an image's class, from its log-odds. */
export function logLikelihoodOf(logOdds: number): number {
  return -Math.log1p(Math.exp(-logOdds));
}

/** Mean log-likelihood of a reading's images. */
export function meanLogLikelihood({ logOdds }: TriedReading): number {
  return logOdds.reduce((sum, value) => sum + logLikelihoodOf(value), 0) / logOdds.length;
}

/** Share of the images whose likeliest class is theirs. */
export function accuracyOf({ answers }: TriedReading, labels: readonly number[]): number {
  return answers.filter((answer, image) => answer === labels[image]).length / answers.length;
}

/** Whether all images are of the same class, so that no answer can be better than chance. */
export function isOneClass(labels: readonly number[]): boolean {
  return labels.every((label) => label === labels[0]);
}
