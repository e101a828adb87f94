import type { Pair } from '../../../network/graph.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { type Activation, CHANNELS_FIRST, type VectorValue } from '../values.js';
import { addLinear } from './linear.js';
import { windowOf } from './window.js';

/** Conv in two dimensions. */
export function convolution(operation: Operation, builder: NetworkBuilder): Activation {
  const input = operation.activation(0);
  const weight = operation.weight(1);
  const bias = operation.optionalWeight(2);
  if (weight.shape.length !== 4) {
    throw operation.refusal('does not convolve in two dimensions, which is all that cascade runs');
  }
  const [outputChannels, , ...size] = weight.shape as [number, number, number, number];
  const kernel: Pair = size;
  const written = operation.counts('kernel_shape', kernel, 1);
  if (written.join() !== kernel.join()) {
    throw operation.refusal(
      `has weights of ${kernel.join('×')} pixels but a kernel_shape of ${written.join('×')}; get the file again`,
    );
  }
  const groups = operation.integer('group', 1);
  if (!(groups >= 1) || outputChannels % groups !== 0) {
    throw operation.refusal(`has ${outputChannels} filters in ${groups} groups; get the file again`);
  }
  const { output: name } = operation;
  if (input.kind === 'vector') {
    const { padding, stride } = windowOf(operation, [1, 1], kernel);
    const isPlain = kernel.join() === '1,1' && stride.join() === '1,1' && groups === 1;
    if (!isPlain || Object.values(padding).some((pixels) => pixels > 0) || !isPooled(input)) {
      throw operation.refusal('convolves a vector, which cascade only does with 1×1 pixels in one group');
    }
    const matrix = { shape: weight.shape.slice(0, 2), data: weight.data };
    return { ...addLinear(operation, builder, input, matrix, bias), shape: [outputChannels, 1, 1] };
  }
  const image = operation.image(0);
  const window = windowOf(operation, [image.shape[1], image.shape[2]], kernel);
  const parameters = { [`${name}/weight`]: weight, ...(bias && { [`${name}/bias`]: bias }) };
  const shape = builder.add(
    operation,
    {
      kind: 'convolution',
      name,
      input: image.name,
      outputChannels,
      groups,
      ...window,
      weight: `${name}/weight`,
      ...(bias && { bias: `${name}/bias` }),
    },
    parameters,
  );
  return { kind: 'image', name, shape: shape as [number, number, number], axes: CHANNELS_FIRST };
}

/** Whether a vector is what a global pool leaves: channels of a single pixel. */
function isPooled({ shape, features }: VectorValue): boolean {
  return shape.join() === [features, 1, 1].join();
}
