import type { Graph } from '../../network/graph.js';
import type { Tensor } from '../../network/tensor.js';

/** What a file holds, by names. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** `[height, width]` of an image in pixels. */
export type ImageSize = readonly [height: number, width: number];

/** A network that some tensors look like; whether every one of them fits is checked against its graph. */
export interface Candidate {
  /** E.g. `ResNet-56 (6n+2, option A)`. */
  readonly architecture: string;
  /** Of the images that networks of this kind are made for. */
  readonly usualImageSize: ImageSize;
  graph(imageSize: ImageSize): Graph;
}

/** A kind of network that is recognised by the names of its tensors. */
export interface Family {
  /** Completes "it looks for …" where no family is found. */
  readonly description: string;
  /** The member of the family that tensors look like, or undefined if they look like none. */
  find(tensors: Tensors): Candidate | undefined;
}

/** Images of CIFAR-10 and CIFAR-100. */
export const CIFAR_SIZE: ImageSize = [32, 32];
/** Images of ImageNet as they are usually cut out. */
export const IMAGENET_SIZE: ImageSize = [224, 224];

/** Whether there is any tensor of a layer or block. */
export function hasPart(tensors: Tensors, name: string): boolean {
  for (const tensor of tensors.keys()) if (tensor.startsWith(`${name}.`)) return true;
  return false;
}

/** Number of consecutive parts, from 0, that have any tensor. */
export function countParts(tensors: Tensors, nameOf: (index: number) => string): number {
  let count = 0;
  while (hasPart(tensors, nameOf(count))) count++;
  return count;
}

/** Size of a tensor along one axis; 0 if the tensor, whose lack is then told apart, is not there. */
export function sizeOf(tensors: Tensors, name: string, axis: number): number {
  return tensors.get(name)?.shape[axis] ?? 0;
}
