import { integer } from '../../onnx/encode-onnx.js';
import type { NodeWriter } from '../../onnx/node-writer.js';
import { DATA_TYPE } from '../../onnx/onnx-proto.js';

/** How images go on behind an exit of a cascade that is one ONNX file. */
export interface ImageFlow {
  /** A number for every image. @param truths makes any truth values, one an image. */
  oncePerImage(writer: NodeWriter, truths: () => string, number: number): string;
  /** @param stays truth values, one an image. @returns the name of one truth value: whether any image stays. */
  isAny(writer: NodeWriter, stays: string): string;
  /** The rows of a value, one an image, of the images that stay. */
  keep(writer: NodeWriter, value: string, stays: string): string;
  /** Values of all images, those that stayed replaced by what came of them. */
  putBack(
    writer: NodeWriter,
    stays: string,
    values: readonly (readonly [all: string, stayed: string])[],
  ): readonly string[];
}

/** One image: where it stays there is nothing to pick out, and nothing to put back. Every node that is left out saves microseconds. */
export const oneImage: ImageFlow = {
  oncePerImage: (writer, _, number) => writer.integers([number]),
  isAny: (_, stays) => stays,
  keep: (_, value) => value,
  putBack: (_, __, values) => values.map(([, stayed]) => stayed),
};

/** Any number of images: batches shrink as images leave. */
export const manyImages: ImageFlow = {
  oncePerImage: (writer, truths, number) => writer.oncePerElement(truths(), writer.integers([number])),
  isAny(writer, stays) {
    const counts = writer.emit('Cast', [stays], [integer('to', DATA_TYPE.int32)]);
    return writer.emit('Cast', [writer.emit('ReduceMax', [counts])], [integer('to', DATA_TYPE.boolean)]);
  },
  // Not `Compress`, which ONNX Runtime computes on one thread.
  keep: (writer, value, stays) => {
    const places = writer.emit('Squeeze', [writer.emit('NonZero', [stays]), writer.integers([0])]);
    return writer.emit('Gather', [value, places], [integer('axis', 0)]);
  },
  putBack(writer, stays, values) {
    const places = writer.emit('Transpose', [writer.emit('NonZero', [stays])]);
    return values.map(([all, stayed]) => writer.emit('ScatterND', [all, places, stayed]));
  },
};
