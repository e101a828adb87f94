import { transposed } from '../../pytorch/strided.js';
import type { GraphBuilder, Value } from '../graph-builder.js';
import type { KerasLayer } from '../keras-layer.js';
import { activated } from './activation.js';
import { biasOf } from './convolution.js';
import { mapOrder } from './map-order.js';

/** A `Dense` layer on a vector: kernel `[inputs, outputs]`, the inputs in Keras's order. */
export function dense(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  const [features, ...more] = input.shape;
  if (more.length > 0) throw layer.refusal('takes a vector and is given a feature map');
  const outputFeatures = layer.count('units');
  const kernel = builder.variable(layer, { names: ['kernel'], index: 0 }, [features!, outputFeatures]);
  const weight = builder.parameter(layer, 'kernel', transposed(mapOrder(kernel, input), [1, 0]));
  const bias = biasOf(layer, 1, outputFeatures, builder);
  return activated(layer, builder, (name) =>
    builder.add(layer, { kind: 'linear', name, input: input.name, outputFeatures, weight, ...bias }, input),
  );
}
