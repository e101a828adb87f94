import { createHash } from 'node:crypto';
import { counted, grouped } from '../counted.js';
import { CascadeError, usageError } from '../errors.js';
import { readWhole } from '../files/open-for-reading.js';
import { MOST_NODES, type Network } from '../network/graph.js';
import { checkNetworkIsFinite } from './check-finite.js';
import { chooseTensors } from './choose-tensors.js';
import { type ChoiceName, type Choices, OPEN_CHOICES } from './families/open-choices.js';
import { isHdf5 } from './keras/hdf5.js';
import { isKerasArchive, readKerasArchive, readKerasHdf5 } from './keras/read-keras.js';
import { readTfjs } from './keras/read-tfjs.js';
import { findTfjsModel } from './keras/tfjs-source.js';
import { isOnnx } from './onnx/model-file.js';
import { readOnnx } from './onnx/read-onnx.js';
import { decodedTensors } from './pytorch/undecoded-tensor.js';
import { tensorFile } from './read-tensors.js';
import { type RecognizedNetwork, type RecognizedTensors, recognizeNetwork } from './recognize.js';
import { isZip } from './zip.js';

/** A trained network as a file holds it, batch normalisations and all. */
export interface NetworkFile {
  /** E.g. `ResNet-56 (6n+2, option A)`. */
  readonly architecture: string;
  readonly network: Network;
  /** SHA-256 of the whole file, hexadecimal. */
  readonly sha256: string;
  /** The network takes pixels 0 … 255 as they are, and normalises them itself; not told by most formats. */
  readonly takesPixels?: boolean;
  /** What its weights leave open, each with the value that it was read with; nothing where the format tells all. */
  readonly openChoices: RecognizedTensors['openChoices'];
  /** What was chosen and left out where the file holds more than one network, a sentence each. */
  readonly notes: readonly string[];
}

/** What a user may say about a file of tensors. */
export interface ReadingOptions {
  /** Which of several networks: the keys that lead to its tensors, with dots. */
  readonly key?: string;
  /** What weights leave open. */
  readonly choices?: Partial<Choices>;
}

/**
 * Reads a trained network: its structure from the file where the format has it, otherwise recognised by the names and shapes of
 * its tensors.
 *
 * @param file or the folder or address of a TensorFlow.js model.
 * @param imageSize `[height, width]` that it will run on, for formats that do not tell; what is usual for the architecture by default.
 * @throws CascadeError if the file cannot be read, is damaged, or holds a network that cascade cannot run or that is larger than any, or NaN or infinite weights.
 */
export async function readNetwork(
  file: string,
  imageSize?: readonly [number, number],
  options: ReadingOptions = {},
): Promise<NetworkFile> {
  const read = await networkFile(file, imageSize, options);
  // Here, and not where bytes become numbers: what is computed with may become infinite on the way.
  checkNetworkIsFinite(read.network, file);
  const { length: nodes } = read.network.graph.nodes;
  if (nodes > MOST_NODES)
    throw new CascadeError(
      `${file} holds a network of ${counted(nodes, 'node')}, and cascade runs at most ${grouped(MOST_NODES)}; simplify the model and save it again.`,
    );
  return read;
}

async function networkFile(
  file: string,
  imageSize: readonly [number, number] | undefined,
  options: ReadingOptions,
): Promise<NetworkFile> {
  const tfjs = await findTfjsModel(file);
  if (tfjs !== undefined) return described(await readTfjs(tfjs, imageSize), options, file);
  const bytes = await readWhole(file);
  if (isOnnx(bytes, file)) return described(await readOnnx(bytes, imageSize, file), options, file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (isHdf5(bytes)) {
    return described({ ...(await readKerasHdf5(bytes, imageSize, file)), sha256 }, options, file);
  }
  if (isZip(bytes) && isKerasArchive(bytes)) {
    return described({ ...(await readKerasArchive(bytes, imageSize, file)), sha256 }, options, file);
  }
  return { ...(await recognizedNetwork(bytes, imageSize, options, file)), sha256 };
}

/** A network of a format that describes it wholly. @throws CascadeError if options say more. */
function described(
  network: RecognizedNetwork & { readonly sha256: string },
  { key, choices = {} }: ReadingOptions,
  file: string,
): NetworkFile {
  const [choice] = Object.keys(choices) as ChoiceName[];
  const option = key !== undefined ? '--key' : choice && OPEN_CHOICES[choice].option;
  if (option === undefined) return { ...network, openChoices: new Map(), notes: [] };
  throw usageError(
    `${option} is for files of tensors alone (PyTorch, safetensors), and ${file} describes its network itself; leave the option out.`,
  );
}

async function recognizedNetwork(
  bytes: Buffer,
  imageSize: readonly [number, number] | undefined,
  { key, choices }: ReadingOptions,
  file: string,
): Promise<RecognizedTensors & Pick<NetworkFile, 'notes'>> {
  const { stateDicts } = await tensorFile(bytes, file);
  const { tensors, foreign, notes } = chooseTensors(stateDicts, key, file);
  const recognized = recognizeNetwork(tensors, imageSize, file, choices, foreign);
  const { graph, parameters } = recognized.network;
  return {
    ...recognized,
    network: { graph, parameters: decodedTensors(parameters, bytes.length, file) },
    notes,
  };
}
