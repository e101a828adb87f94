import type { Convolution, Shape } from '../../network/graph.js';
import { integer, integers } from '../../onnx/encode-onnx.js';
import type { NodeWriter } from '../../onnx/node-writer.js';
import { reshape } from './shaping.js';

type Windows = Pick<Convolution, 'kernel' | 'stride' | 'padding'>;

/**
 * For every place of a window and then every window, the pixel there, row-major; one past the last pixel where the window reaches
 * beyond the image.
 *
 * @param size `[height, width]` of the image.
 * @param windows `[rows, columns]` of windows.
 */
export function windowPixels(
  { kernel, stride, padding }: Windows,
  [height, width]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): Int32Array {
  const pixels = new Int32Array(kernel[0] * kernel[1] * rows * columns);
  let position = 0;
  for (let down = 0; down < kernel[0]; down++)
    for (let right = 0; right < kernel[1]; right++)
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) {
          const y = row * stride[0] + down - padding.top;
          const x = column * stride[1] + right - padding.left;
          const isInside = y >= 0 && y < height && x >= 0 && x < width;
          pixels[position++] = isInside ? y * width + x : height * width;
        }
  return pixels;
}

/** `[batch, channels, height, width]` → `[channels, height · width · batch]`. */
export function pixelMajor(writer: NodeWriter, value: string, batchSize: number, shape: Shape): string {
  const [channels, height, width] = shape as [number, number, number];
  const rows = reshape(writer, value, [batchSize, channels * height * width]);
  const columns = writer.emit('Transpose', [rows], [integers('perm', [1, 0])]);
  return reshape(writer, columns, [channels, height * width * batchSize]);
}

/**
 * What the windows of a convolution see: `[batch, channels, height, width]` → `[channels, places · windows · batch]`. The batch stands
 * last, so that a pixel is one copy of a whole batch.
 */
export function patches(
  writer: NodeWriter,
  value: string,
  batchSize: number,
  node: Windows,
  shape: Shape,
  windows: readonly [number, number],
): string {
  const [channels, height, width] = shape as [number, number, number];
  const pixels = windowPixels(node, [height, width], windows);
  const images = pixelMajor(writer, value, batchSize, shape);
  if (pixels.length === height * width && pixels.every((pixel, index) => pixel === index)) return images;
  const byPixel = reshape(writer, images, [channels, height * width, batchSize]);
  const bordered = pixels.includes(height * width)
    ? writer.emit('Pad', [byPixel, writer.integers([0, 0, 0, 0, 1, 0])])
    : byPixel;
  return writer.emit('Gather', [bordered, writer.integers([...pixels])], [integer('axis', 1)]);
}
