import { CascadeError, usageError } from '../errors.js';
import type { Graph, Network, Shape } from '../network/graph.js';
import { parameterShapes } from '../network/parameter-shapes.js';
import { elementCount } from '../network/tensor.js';
import { FAMILIES } from './families/families.js';
import type { Candidate, ImageSize } from './families/family.js';
import { NamedTensors, type Tensors } from './families/named-tensors.js';
import { type ChoiceName, type Choices, OPEN_CHOICES, withUsual } from './families/open-choices.js';
import { listed, quoted } from './quoted.js';

/** A network found in a file, and what it is. */
export interface RecognizedNetwork {
  /** E.g. `ResNet-56 (6n+2, option A)`. */
  readonly architecture: string;
  readonly network: Network;
}

/** A network recognised by its tensors. */
export interface RecognizedTensors extends RecognizedNetwork {
  /** What the tensors leave open about it, each with the value that it was read with. */
  readonly openChoices: ReadonlyMap<ChoiceName, Choices[ChoiceName]>;
}

/** What the names of a network's first block begin with, in each way of naming. */
export const FIRST_BLOCKS: readonly string[] = [...new Set(FAMILIES.map(({ firstBlock }) => firstBlock))];

/**
 * The architecture that some tensors look like by names and shapes, or undefined.
 *
 * @param file named in the errors.
 * @throws CascadeError if it has more blocks than cascade reads.
 */
export function findArchitecture(
  tensors: Tensors,
  file: string,
  given: Partial<Choices> = {},
): Candidate | undefined {
  const [named, choices] = [new NamedTensors(tensors, file), withUsual(given)];
  for (const family of FAMILIES) {
    const candidate = family.find(named, choices);
    if (candidate !== undefined) return candidate;
  }
  return undefined;
}

/**
 * Finds out from names and shapes which architecture some tensors belong to.
 *
 * @param imageSize `[height, width]` that the network will run on, which its weights do not tell; undefined for what is usual for
 *   the architecture.
 * @param file named in the errors.
 * @param given values of choices that weights leave open; the usual ones for others.
 * @param foreign classes of what stands in place of tensors, by name.
 * @throws CascadeError saying which architectures are looked for if it is none of them, or tensor by tensor what does not fit; or
 *   that a choice is none for this network.
 */
export function recognizeNetwork(
  tensors: Tensors,
  imageSize: ImageSize | undefined,
  file: string,
  given: Partial<Choices> = {},
  foreign: ReadonlyMap<string, string> = new Map(),
): RecognizedTensors {
  const candidate = findArchitecture(tensors, file, given);
  if (candidate === undefined) throw unrecognized(tensors, foreign, file);
  const { architecture, usualImageSize } = candidate;
  const graph = candidate.graph(imageSize ?? usualImageSize);
  const problems = misfits(graph, tensors);
  if (problems.length > 0) {
    const wanted = parameterShapes(graph);
    for (const [name, path] of foreign) if (wanted.has(name)) throw refusedClass(name, path, file);
    throw new CascadeError(
      `${file} looks like ${withArticle(architecture)} but does not fit: ${listed(problems)}; if it is another network, export it to ONNX (torch.onnx.export).`,
    );
  }
  return {
    architecture,
    network: {
      graph,
      parameters: new Map([...parameterShapes(graph).keys()].map((name) => [name, tensors.get(name)!])),
    },
    openChoices: openChoices(candidate, given, file),
  };
}

/** What keeps some tensors from being a network's, tensor by tensor, those that are missing first; nothing if they are. */
export function misfits(graph: Graph, tensors: Tensors): readonly string[] {
  const wanted = parameterShapes(graph);
  const problems = [...wanted.keys()]
    .filter((name) => !tensors.has(name))
    .map((name) => `${name} is missing`);
  for (const [name, shape] of wanted) {
    const tensor = tensors.get(name);
    if (tensor === undefined) continue;
    if (elementCount(tensor.shape) === 0) problems.push(`${name} is empty`);
    // A size of 0 is that of a tensor that is missing or empty, and says nothing of this one.
    else if (elementCount(shape) > 0 && tensor.shape.join() !== shape.join()) {
      problems.push(`${name} has the shape ${bracketed(tensor.shape)} instead of ${bracketed(shape)}`);
    }
  }
  for (const name of tensors.keys())
    if (!wanted.has(name)) problems.push(`${quoted(name)} is not part of it`);
  return problems;
}

/** @throws CascadeError if a choice is given that the network does not have. */
function openChoices(
  { architecture, openChoices: open }: Candidate,
  given: Partial<Choices>,
  file: string,
): RecognizedTensors['openChoices'] {
  for (const name of Object.keys(given) as ChoiceName[]) {
    if (open.includes(name)) continue;
    throw usageError(
      `${OPEN_CHOICES[name].option} says ${OPEN_CHOICES[name].question}, which ${file}, ${withArticle(architecture)}, does not leave open; leave the option out.`,
    );
  }
  const choices = withUsual(given);
  return new Map(open.map((name) => [name, choices[name]]));
}

function unrecognized(tensors: Tensors, foreign: ReadonlyMap<string, string>, file: string): CascadeError {
  for (const [name, path] of foreign) if (PARAMETER.test(name)) return refusedClass(name, path, file);
  const descriptions = FAMILIES.map(({ description }) => description);
  return new CascadeError(
    `${file} holds no network that cascade recognises: it looks for ${descriptions.join(', or ')}, and found ${listed([...tensors.keys()].map(quoted))}; export it to ONNX (torch.onnx.export), which cascade reads of any classifier.`,
  );
}

/** Names that a tensor would have. */
const PARAMETER = /(^|\.)(weight|bias|running_mean|running_var)$/;

function refusedClass(name: string, path: string, file: string): CascadeError {
  return new CascadeError(
    `${file} holds something of the class ${quoted(path)}, which cascade does not load, in place of the tensor ${quoted(name)}; save the model with torch.save(model.state_dict(), …).`,
  );
}

/** E.g. `an EfficientNet-Lite0`. */
function withArticle(architecture: string): string {
  return `${/^[AEIOU]/.test(architecture) ? 'an' : 'a'} ${architecture}`;
}

function bracketed(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}
