import { CascadeError } from '../errors.js';
import type { Graph, Network, Shape } from '../network/graph.js';
import { parameterShapes } from '../network/parameter-shapes.js';
import { cifarResNetFamily } from './families/cifar-resnet.js';
import type { ImageSize, Tensors } from './families/family.js';
import { huggingFaceResNetFamily, torchvisionResNetFamily } from './families/resnet.js';

/** A network found in a file of tensors, and what it is. */
export interface RecognizedNetwork {
  /** E.g. `ResNet-56 (6n+2, option A)`. */
  readonly architecture: string;
  readonly network: Network;
}

/** Most tensors that an error names one by one. */
const MOST_NAMED = 8;

/** In the order in which they are tried. */
const FAMILIES = [cifarResNetFamily, torchvisionResNetFamily, huggingFaceResNetFamily];

/**
 * Finds out from names and shapes which architecture some tensors belong to.
 *
 * @param imageSize `[height, width]` that the network will run on, which its weights do not tell; undefined for what is usual for
 *   the architecture.
 * @param file named in the errors.
 * @throws CascadeError saying which architectures are looked for if it is none of them, or tensor by tensor what does not fit.
 */
export function recognizeNetwork(
  tensors: Tensors,
  imageSize: ImageSize | undefined,
  file: string,
): RecognizedNetwork {
  for (const family of FAMILIES) {
    const candidate = family.find(tensors);
    if (candidate === undefined) continue;
    const { architecture, usualImageSize } = candidate;
    const graph = candidate.graph(imageSize ?? usualImageSize);
    return { architecture, network: { graph, parameters: fitted(graph, tensors, architecture, file) } };
  }
  const descriptions = FAMILIES.map(({ description }) => description);
  throw new CascadeError(
    `${file} holds no network that cascade recognises: it looks for ${descriptions.join(', or ')}, and found ${listed([...tensors.keys()])}.`,
  );
}

function fitted(graph: Graph, tensors: Tensors, architecture: string, file: string): Tensors {
  const wanted = parameterShapes(graph);
  const problems: string[] = [];
  for (const [name, shape] of wanted) {
    const tensor = tensors.get(name);
    if (tensor === undefined) problems.push(`${name} is missing`);
    else if (tensor.shape.join() !== shape.join()) {
      problems.push(`${name} has the shape ${bracketed(tensor.shape)} instead of ${bracketed(shape)}`);
    }
  }
  for (const name of tensors.keys()) if (!wanted.has(name)) problems.push(`${name} is not part of it`);
  if (problems.length > 0) {
    throw new CascadeError(`${file} looks like a ${architecture} but does not fit: ${listed(problems)}.`);
  }
  return new Map([...wanted.keys()].map((name) => [name, tensors.get(name)!]));
}

function bracketed(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

function listed(items: readonly string[]): string {
  const named = items.slice(0, MOST_NAMED).join('; ');
  return items.length > MOST_NAMED ? `${named}; and ${items.length - MOST_NAMED} more` : named || 'nothing';
}
