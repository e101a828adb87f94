import type { CutPoint } from '../network/cut-points.js';
import type { GraphNode, Operator, Shape } from '../network/graph.js';
import type { OperatorName } from '../network/operator/operator-names.js';

/** What stands at an exit, as far as a head needs to know: its shape, and whether channels (or the width of tokens) stand last in it. */
export type ExitValue = Pick<CutPoint, 'shape' | 'channelsLast'>;

/** What a head makes of the value at its exit before anything else. */
export interface HeadInput {
  readonly nodes: readonly GraphNode[];
  /** A feature map: its name, and `[channels, height, width]`. */
  readonly map: { readonly name: string; readonly shape: Shape };
  /** The name of a vector of what stands before the tokens that are pixels: the class token. */
  readonly classToken?: string;
}

/** Most tokens in front that are no pixels: one for the class, and one for what a network was distilled from (DeiT). */
const MOST_LEADING = 2;

/**
 * Brings any value to a feature map, channels first. Tokens stand in a square, row by row, where there are as many besides the class
 * token; otherwise in one row.
 *
 * @param input the name of the value.
 */
export function headInput(input: string, { shape, channelsLast }: ExitValue): HeadInput {
  switch (shape.length) {
    case 1:
      return { ...reshapedMap(input, [shape[0]!, 1, 1]) };
    case 2:
      return channelsLast === true ? tokens(input, shape) : { ...reshapedMap(input, [...shape, 1]) };
    default: {
      if (channelsLast !== true) return { nodes: [], map: { name: input, shape } };
      const [height, width, channels] = shape as readonly [number, number, number];
      const name = 'channels-first';
      const nodes = [operator(name, 'Transpose', [input], { perm: [0, 3, 1, 2] })];
      return { nodes, map: { name, shape: [channels, height, width] } };
    }
  }
}

/** What a convolution needs, which sees pixels alone. */
export function isOfMap({ name }: GraphNode): boolean {
  return name !== 'leading' && name !== 'class-token';
}

/** `[channels, height, width]` of the feature map that a head sees. */
export function mapShape(value: ExitValue): Shape {
  return headInput('', value).map.shape;
}

function tokens(input: string, shape: Shape): HeadInput {
  const [count, width] = shape as readonly [number, number];
  const leading = leadingTokens(count);
  const side = Math.sqrt(count - leading);
  const sides = Number.isInteger(side) ? [side, side] : [count, 1];
  const pixels = leading === 0 ? [] : [slice('pixels', input, leading, count)];
  const ordered = operator('channels-first', 'Transpose', [leading === 0 ? input : 'pixels'], {
    perm: [0, 2, 1],
  });
  const map = reshapedMap('channels-first', [width, ...sides]);
  const nodes = [...pixels, ordered, ...map.nodes];
  if (leading === 0) return { nodes, map: map.map };
  const vector = reshape('class-token', 'leading', [leading * width]);
  return {
    nodes: [...nodes, slice('leading', input, 0, leading), vector],
    map: map.map,
    classToken: 'class-token',
  };
}

/** How many tokens stand in front of a square of others; none where the others are no square either. */
function leadingTokens(count: number): number {
  for (let leading = 0; leading <= MOST_LEADING; leading++)
    if (count > leading && Number.isInteger(Math.sqrt(count - leading))) return leading;
  return 0;
}

function reshapedMap(input: string, shape: Shape): Pick<HeadInput, 'nodes' | 'map'> {
  return { nodes: [reshape('map', input, shape)], map: { name: 'map', shape } };
}

function reshape(name: string, input: string, shape: Shape): Operator {
  return operator(name, 'Reshape', [input, { integers: [-1, ...shape], shape: [shape.length + 1] }]);
}

function slice(name: string, input: string, start: number, end: number): Operator {
  const lists = [start, end, 1, 1].map((integer) => ({ integers: [integer], shape: [1] }));
  return operator(name, 'Slice', [input, ...lists]);
}

function operator(
  name: string,
  kind: OperatorName,
  inputs: Operator['inputs'],
  attributes: Operator['attributes'] = {},
): Operator {
  return { kind: 'operator', name, operator: kind, inputs, attributes };
}
