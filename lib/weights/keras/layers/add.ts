import type { GraphBuilder, Value } from '../graph-builder.js';
import type { KerasLayer } from '../keras-layer.js';

/** An `Add` layer of two or more values. */
export function add(layer: KerasLayer, inputs: readonly Value[], builder: GraphBuilder): Value {
  const [first, ...others] = inputs;
  if (first === undefined || others.length === 0) throw layer.refusal(`adds ${inputs.length} values`);
  return others.reduce((sum, value, index) => {
    if (sum.flattened?.join() !== value.flattened?.join()) {
      throw layer.refusal('adds vectors that were flattened from feature maps of different shapes');
    }
    const name = index === others.length - 1 ? layer.name : `${layer.name}.${index + 1}`;
    return builder.add(layer, { kind: 'add', name, inputs: [sum.name, value.name] }, sum, value);
  }, first);
}
