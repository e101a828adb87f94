import type { Graph } from '../../network/graph.js';
import type { NamedTensors } from './named-tensors.js';
import type { ChoiceName, Choices } from './open-choices.js';

/** `[height, width]` of an image in pixels. */
export type ImageSize = readonly [height: number, width: number];

/** A network that some tensors look like; whether every one of them fits is checked against its graph. */
export interface Candidate {
  /** E.g. `ResNet-56 (6n+2, option A)`. */
  readonly architecture: string;
  /** Size of the images that networks of this kind are made for. */
  readonly usualImageSize: ImageSize;
  /** What its weights leave open: other values of these choices give other networks of the same tensors. */
  readonly openChoices: readonly ChoiceName[];
  graph(imageSize: ImageSize): Graph;
}

/** A kind of network that is recognised by the names of its tensors. */
export interface Family {
  /** Completes "it looks for …" where no family is found. */
  readonly description: string;
  /** What the names of its first block begin with, by which it is found behind any prefix. */
  readonly firstBlock: string;
  /** The member of the family that tensors look like, or undefined if they look like none. */
  find(tensors: NamedTensors, choices: Choices): Candidate | undefined;
}

/** Images of CIFAR-10 and CIFAR-100. */
export const CIFAR_SIZE: ImageSize = [32, 32];
/** Images of ImageNet as they are usually cut out. */
export const IMAGENET_SIZE: ImageSize = [224, 224];
