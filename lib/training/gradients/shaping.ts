import { integer, integers } from '../../onnx/encode-onnx.js';
import type { NodeWriter } from '../../onnx/node-writer.js';

/** The same elements in another shape. */
export function reshape(writer: NodeWriter, value: string, dims: readonly number[]): string {
  return writer.emit('Reshape', [value, writer.integers(dims)]);
}

/** One value a channel so that it broadcasts over a batch of maps, or of vectors. */
export function perChannel(writer: NodeWriter, value: string, dims: readonly number[]): string {
  return reshape(
    writer,
    value,
    dims.map((size, axis) => (axis === 1 ? size : 1)),
  );
}

/** Sum over all but the channels: `[batch, channels, …]` → `[channels]`. */
export function channelSum(writer: NodeWriter, value: string, dims: readonly number[]): string {
  const axes = writer.integers(dims.map((_, axis) => axis).filter((axis) => axis !== 1));
  return writer.emit('ReduceSum', [value, axes], [integer('keepdims', 0)]);
}

/** Mean over all but the channels: `[batch, channels, …]` → `[channels]`. */
export function channelMean(writer: NodeWriter, value: string, dims: readonly number[]): string {
  const axes = dims.map((_, axis) => axis).filter((axis) => axis !== 1);
  return writer.emit('ReduceMean', [value], [integers('axes', axes), integer('keepdims', 0)]);
}
