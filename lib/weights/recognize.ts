import { CascadeError } from '../errors.js';
import type { Graph, Network, Shape } from '../network/graph.js';
import { parameterShapes } from '../network/parameter-shapes.js';
import { cifarResNet } from '../network/resnet-cifar.js';
import type { Tensor } from '../network/tensor.js';

/** A network found in a file of tensors, and what it is. */
export interface RecognizedNetwork {
  /** E.g. `ResNet-56 (6n+2, option A)`. */
  readonly architecture: string;
  readonly network: Network;
}

/** Most tensors that an error names one by one. */
const MOST_NAMED = 8;

/**
 * Finds out from names and shapes which architecture some tensors belong to: the CIFAR ResNets with 6n+2 layers, option A or B.
 *
 * @param imageSize `[height, width]` that the network will run on, which its weights do not tell.
 * @param file named in the errors.
 * @throws CascadeError saying tensor by tensor what does not fit.
 */
export function recognizeNetwork(
  tensors: ReadonlyMap<string, Tensor>,
  imageSize: readonly [number, number],
  file: string,
): RecognizedNetwork {
  const stages = [1, 2, 3, 4].map((stage) => blocksOfStage(tensors, stage));
  const stem = tensors.get('conv1.weight');
  const classifier = ['linear', 'fc'].find((name) => tensors.has(`${name}.weight`));
  const isFamily = stages[0]! > 0 && stages[3] === 0 && !tensors.has('layer1.0.conv3.weight');
  if (stem === undefined || classifier === undefined || !isFamily) {
    const names = [...tensors.keys()];
    throw new CascadeError(
      `${file} holds no network that cascade recognises: it looks for a CIFAR ResNet with conv1, layer1 to layer3 of two 3×3 convolutions a block, and linear or fc, and found ${listed(names)}.`,
    );
  }
  const projection = ['shortcut', 'downsample'].find((name) => tensors.has(`layer2.0.${name}.0.weight`));
  const blocksPerStage = stages[0]!;
  const graph = cifarResNet({
    inputShape: [stem.shape[1]!, ...imageSize],
    classes: tensors.get(`${classifier}.weight`)!.shape[0]!,
    blocksPerStage,
    widths: [1, 2, 3].map((stage) => tensors.get(`layer${stage}.0.conv1.weight`)?.shape[0] ?? 0),
    shortcut: projection === undefined ? 'A' : 'B',
    names: projection === undefined ? { classifier } : { classifier, projection },
  });
  const architecture = `ResNet-${6 * blocksPerStage + 2} (6n+2, option ${projection === undefined ? 'A' : 'B'})`;
  return { architecture, network: { graph, parameters: fitted(graph, tensors, architecture, file) } };
}

/** Number of consecutive residual blocks that a stage has tensors of. */
function blocksOfStage(tensors: ReadonlyMap<string, Tensor>, stage: number): number {
  let blocks = 0;
  while (tensors.has(`layer${stage}.${blocks}.conv1.weight`)) blocks++;
  return blocks;
}

function fitted(
  graph: Graph,
  tensors: ReadonlyMap<string, Tensor>,
  architecture: string,
  file: string,
): ReadonlyMap<string, Tensor> {
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
