import { CascadeError } from '../../errors.js';
import { elementCount, type Tensor } from '../../network/tensor.js';

/** A tensor of a file whose shape is known, and whose numbers are decoded each time that they are asked for. */
export class UndecodedTensor implements Tensor {
  constructor(
    readonly shape: readonly number[],
    readonly decode: () => Float32Array,
  ) {}

  get data(): Float32Array {
    return this.decode();
  }
}

/**
 * Tensors with their numbers in memory.
 *
 * @param fileLength in bytes: no honest file describes more numbers than that.
 * @throws CascadeError if they are more, or one of them is damaged.
 */
export function decodedTensors(
  tensors: ReadonlyMap<string, Tensor>,
  fileLength: number,
  file: string,
): ReadonlyMap<string, Tensor> {
  // Counted before anything is allocated: views of one storage could ask for any amount of memory.
  let elements = 0;
  for (const { shape } of tensors.values()) elements += elementCount(shape);
  if (!(elements <= fileLength)) {
    throw new CascadeError(
      `${file} describes tensors of ${elements} numbers in ${fileLength} bytes; save expanded tensors after .contiguous().`,
    );
  }
  return new Map([...tensors].map(([name, { shape, data }]) => [name, { shape, data }]));
}
