import type { Parameters, Shape } from '../network/graph.js';
import { elementCount, type Tensor } from '../network/tensor.js';

/** Parameters one after another in one vector: their names and shapes, in its order. */
export type VectorLayout = readonly (readonly [name: string, shape: Shape])[];

/** Elements of a vector. */
export function vectorLength(layout: VectorLayout): number {
  return layout.reduce((sum, [, shape]) => sum + elementCount(shape), 0);
}

/** Parameters as a vector. */
export function toVector(layout: VectorLayout, parameters: Parameters): Float32Array {
  const vector = new Float32Array(vectorLength(layout));
  let offset = 0;
  for (const [name, shape] of layout) {
    vector.set(parameters.get(name)!.data, offset);
    offset += elementCount(shape);
  }
  return vector;
}

/** The parameters in a vector, copied. */
export function fromVector(layout: VectorLayout, vector: Float32Array): [string, Tensor][] {
  let offset = 0;
  return layout.map(([name, shape]) => {
    const end = offset + elementCount(shape);
    const data = vector.slice(offset, end);
    offset = end;
    return [name, { shape, data }];
  });
}
