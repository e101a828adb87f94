import type { NodeMessage } from '../model-file.js';
import type { PlainSteps } from './plain-steps.js';

/** MultiHeadAttention of queries, keys and values `[images, tokens, width]`, with biases side by side for the three. */
export function multiHeadAttention(steps: PlainSteps): readonly NodeMessage[] | undefined {
  const [query, key, value, bias] = [0, 1, 2, 3].map((index) => steps.input(index));
  const parts = [query, key, value] as const;
  const shapes = parts.map((part) => (part === undefined ? undefined : steps.shapeOf(part)));
  // Masks and what an earlier run has left are of language models, as is a causal order.
  const isPlain = ![4, 6, 7].some((index) => steps.input(index) !== undefined);
  if (!isPlain || steps.integer('unidirectional', 0) !== 0) return undefined;
  if (!shapes.every((shape) => shape?.length === 3)) return undefined;
  let start = 0;
  const biased = parts.map((part, index) => {
    const width = shapes[index]![2]!;
    const end = start + width;
    const name = bias === undefined ? part! : steps.step('Add', [part!, sliceOf(steps, bias, start, end)]);
    start = end;
    return name;
  });
  return attended(steps, biased as [string, string, string], shapes[0]![2]!, steps.input(5));
}

/** Attention, the projection of tokens to queries, keys and values included. */
export function attention(steps: PlainSteps): readonly NodeMessage[] | undefined {
  const [tokens, weights, bias] = [steps.needed(0), steps.input(1), steps.input(2)];
  const isPlain = [3, 4, 6].every((index) => steps.input(index) === undefined);
  const width = weights === undefined ? undefined : steps.shapeOf(weights)?.[1];
  const areAlike = !steps.has('qkv_hidden_sizes');
  if (!isPlain || steps.integer('unidirectional', 0) !== 0) return undefined;
  if (!areAlike || width === undefined || width % 3 !== 0) return undefined;
  const product = steps.step('MatMul', [tokens, weights!]);
  const projected = bias === undefined ? product : steps.step('Add', [product, bias]);
  const each = width / 3;
  const parts = [0, 1, 2].map((index) =>
    steps.step('Slice', [
      projected,
      ...[index * each, (index + 1) * each, 2].map((number) => steps.integers(number)),
    ]),
  );
  return attended(steps, parts as [string, string, string], each, steps.input(5));
}

/** Scaled products of queries and keys weigh the values, head by head (Vaswani et al. 2017, arXiv 1706.03762, 3.2). */
function attended(
  steps: PlainSteps,
  [query, key, value]: readonly [string, string, string],
  width: number,
  added: string | undefined,
): readonly NodeMessage[] | undefined {
  const heads = steps.integer('num_heads', 0);
  if (!(heads >= 1) || width % heads !== 0) return undefined;
  const byHead = (name: string, perm: readonly number[]): string =>
    steps.step('Transpose', [steps.step('Reshape', [name, steps.integers(0, 0, heads, -1)])], { perm });
  const scale = steps.real('scale', 0) || 1 / Math.sqrt(width / heads);
  const products = steps.step('MatMul', [byHead(query, [0, 2, 1, 3]), byHead(key, [0, 2, 3, 1])]);
  const scaled = steps.step('Mul', [products, steps.real32(scale)]);
  const scores = added === undefined ? scaled : steps.step('Add', [scaled, added]);
  const weights = steps.step('Softmax', [scores], { axis: -1 });
  const mixed = steps.step('MatMul', [weights, byHead(value, [0, 2, 1, 3])]);
  const joined = steps.integers(0, 0, -1);
  steps.step('Reshape', [steps.step('Transpose', [mixed], { perm: [0, 2, 1, 3] }), joined]);
  return steps.ended();
}

function sliceOf(steps: PlainSteps, bias: string, start: number, end: number): string {
  return steps.step('Slice', [bias, steps.integers(start), steps.integers(end), steps.integers(0)]);
}
