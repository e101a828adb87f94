import { quoted } from '../../quoted.js';
import type { GraphBuilder, Value } from '../graph-builder.js';
import { membersOf } from '../json.js';
import type { KerasLayer } from '../keras-layer.js';

type Activation = 'linear' | 'relu' | 'relu6' | 'softmax';

const ACTIVATIONS: readonly string[] = ['linear', 'relu', 'relu6', 'softmax'] satisfies Activation[];

/** An `Activation` layer. */
export function activation(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  return applied(activationOf(layer), layer, input, builder);
}

/**
 * A layer with an activation of its own behind what it computes.
 *
 * @param compute adds the layer's nodes, the last under the given name.
 */
export function activated(layer: KerasLayer, builder: GraphBuilder, compute: (name: string) => Value): Value {
  const kind = activationOf(layer);
  const isNode = kind === 'relu' || kind === 'relu6';
  return applied(kind, layer, compute(isNode ? `${layer.name}.linear` : layer.name), builder);
}

/** A `ReLU` layer: only the plain one, and the one cut off above 6. */
export function relu(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  const most = layer.config['max_value'] ?? undefined;
  if (layer.number('negative_slope', 0) !== 0 || layer.number('threshold', 0) !== 0) {
    throw layer.refusal('has a slope or threshold, and cascade runs ReLU without');
  }
  if (most !== undefined && most !== 6) throw layer.refusal('has a maximum other than 6');
  return applied(most === undefined ? 'relu' : 'relu6', layer, input, builder);
}

/** A `Softmax` layer. */
export function softmax(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  if (!layer.isLastAxis(input.shape.length + 1)) throw layer.refusal('is not taken over the last axis');
  return applied('softmax', layer, input, builder);
}

function applied(kind: Activation, layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  if (kind === 'linear') return input;
  if (kind === 'softmax') return { ...input, isSoftmax: true };
  return builder.add(layer, { kind, name: layer.name, input: input.name }, input);
}

/** An activation is a name, or Keras 3's description of a function of that name. */
function activationOf(layer: KerasLayer): Activation {
  const { activation = 'linear' } = layer.config;
  const name = membersOf(activation)['config'] ?? activation ?? 'linear';
  if (typeof name === 'string' && ACTIVATIONS.includes(name)) return name as Activation;
  throw layer.refusal(`has the activation ${quoted(JSON.stringify(name))}, which cascade does not run`);
}
