import type { Network, Parameters } from '../../network/graph.js';
import type { Tensor } from '../../network/tensor.js';

/** A network's parameters with those of its last layer, which is fully connected, so that all logits are divided by a number. */
export function softened({ graph, parameters }: Network, divisor: number): Parameters {
  const last = graph.nodes.find(({ name }) => name === graph.output);
  const names = last?.kind === 'linear' ? [last.weight, last.bias] : [];
  return new Map(
    [...parameters].map(([name, tensor]) => [name, names.includes(name) ? divided(tensor, divisor) : tensor]),
  );
}

function divided({ shape, data }: Tensor, divisor: number): Tensor {
  return { shape, data: data.map((value) => value / divisor) };
}
