import type { NodeMessage } from '../model-file.js';
import { gelu, quickGelu } from './activations.js';
import { attention, multiHeadAttention } from './attention.js';
import { skipNormalization } from './normalization.js';
import { PlainSteps } from './plain-steps.js';
import { fusedConvolution, fusedGemm, fusedProduct } from './products.js';

/** ONNX Runtime's own operators, where its optimisers put several of ONNX's into one. */
export const RUNTIME_DOMAIN = 'com.microsoft';

/** What each does (github.com/microsoft/onnxruntime, docs/ContribOperators.md), in operators of ONNX; undefined where it does more. */
const FUSED: ReadonlyMap<string, (steps: PlainSteps) => readonly NodeMessage[] | undefined> = new Map([
  ['Attention', attention],
  ['BiasGelu', (steps) => gelu(steps, 'none')],
  ['FastGelu', (steps) => gelu(steps, 'tanh')],
  ['FusedConv', fusedConvolution],
  ['FusedGemm', fusedGemm],
  ['FusedMatMul', fusedProduct],
  ['Gelu', (steps) => gelu(steps, 'none')],
  ['MultiHeadAttention', multiHeadAttention],
  ['QuickGelu', quickGelu],
  ['SkipLayerNormalization', skipNormalization],
]);

/**
 * A node in operators of ONNX, in the order in which they are computed: itself unless it is one of ONNX Runtime's that can be taken
 * apart.
 *
 * @param shapeOf of a value, the images among its axes, where it is known.
 */
export function unfused(
  node: NodeMessage,
  shapeOf: (name: string) => readonly number[] | undefined,
): readonly NodeMessage[] {
  if (node.domain !== RUNTIME_DOMAIN || !node.output[0]) return [node];
  return FUSED.get(node.opType)?.(new PlainSteps(node, shapeOf)) ?? [node];
}
