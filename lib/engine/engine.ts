import type { Network, Shape } from '../network/graph.js';

/** Something that runs networks: an inference library behind one small interface. */
export interface Engine {
  /** As `--engine` takes it. */
  readonly name: string;
  /** Version of the library behind it. */
  readonly version: string;
  /** What the library computes with, where it has a choice. */
  readonly backend?: string;
  /**
   * Makes a network ready to run. Batch normalisations must have been folded.
   *
   * @throws CascadeError if the network has a node that the engine lacks.
   */
  load(network: Network, options: ProgramOptions): Promise<Program>;
  /**
   * Makes an ONNX file ready to run, where the engine takes such: one with branches, which the typed graph has not.
   *
   * @param outputs the wanted values, by name.
   */
  loadOnnx?(bytes: Uint8Array, outputs: readonly string[]): Promise<OnnxProgram>;
  /** Makes an ONNX file of any inputs and outputs ready to run, where the engine takes such: a training step. */
  loadStep?(bytes: Uint8Array): Promise<StepProgram>;
}

/** A value as it enters an ONNX file. */
export type StepInput = { readonly shape: readonly number[] } & (
  | { readonly type: 'uint8'; readonly data: Uint8Array }
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
);

/** An ONNX file of several inputs that is ready to run. */
export interface StepProgram {
  /** @returns every output by its name, float32; the arrays are the caller's. */
  run(inputs: Readonly<Record<string, StepInput>>): Promise<Readonly<Record<string, Float32Array>>>;
  dispose(): Promise<void>;
}

/** Which engine it is, as files say it. */
export function identityOf({ name, version, backend }: Engine): Pick<Engine, 'name' | 'version' | 'backend'> {
  return { name, version, ...(backend === undefined ? {} : { backend }) };
}

/** An ONNX file that is ready to run. */
export interface OnnxProgram {
  /**
   * @param input for the only input, uint8 pixels.
   * @param shape of the input, batch included.
   * @returns the values of each output, in the file's own types.
   */
  run(input: Uint8Array, shape: readonly number[]): Promise<readonly OnnxValues[]>;
  dispose(): Promise<void>;
}

/** As ONNX's float32, float64 and int64 arrive. */
export type OnnxValues = Float32Array | Float64Array | BigInt64Array;

export interface ProgramOptions {
  /** The values to be computed, by name; the network's own output when left out. */
  readonly outputs?: readonly string[];
  /** `uint8` for pixels (0 … 255), `float32` (the default) for feature maps. */
  readonly inputType?: 'uint8' | 'float32';
}

/** A network that is ready to run on batches of any size. */
export interface Program {
  /** What `run` returns, in its order; shapes without the batch. */
  readonly outputs: readonly { readonly name: string; readonly shape: Shape }[];
  /**
   * @param input `count` inputs one after another, each row-major (an image: channels, rows, columns).
   * @param into arrays of the right lengths that the outputs are written to, where that saves making new ones.
   * @returns for each output, `count` values one after another; the arrays are the caller's.
   */
  run(
    input: Uint8Array | Float32Array,
    count: number,
    into?: readonly Float32Array[],
  ): Promise<readonly Float32Array[]>;
  dispose(): Promise<void>;
}
