import type { NodeMessage } from '../model-file.js';
import { activated } from './activations.js';
import type { PlainSteps } from './plain-steps.js';

/** FusedConv: a convolution, what is added to it, an activation. */
export function fusedConvolution(steps: PlainSteps): readonly NodeMessage[] | undefined {
  const inputs = [0, 1, 2].map((index) => steps.needed(index));
  const filtered = steps.own('Conv', inputs[2] === '' ? inputs.slice(0, 2) : inputs);
  const added = steps.input(3);
  const sum = added === undefined ? filtered : steps.step('Add', [filtered, added]);
  return activated(steps, sum, steps.reals('activation_params'));
}

/** FusedGemm. */
export function fusedGemm(steps: PlainSteps): readonly NodeMessage[] | undefined {
  const product = steps.own('Gemm', steps.node.input);
  const parameters = ['activation_alpha', 'activation_beta'].filter((name) => steps.has(name));
  return activated(
    steps,
    product,
    parameters.map((name) => steps.real(name, 0)),
  );
}

/** FusedMatMul: a product of matrices of which either may be transposed, times a number. */
export function fusedProduct(steps: PlainSteps): readonly NodeMessage[] | undefined {
  if (steps.integer('transBatchA', 0) !== 0 || steps.integer('transBatchB', 0) !== 0) return undefined;
  const factors = (['transA', 'transB'] as const).map((flag, index) => {
    const name = steps.needed(index);
    const rank = steps.shapeOf(name)?.length ?? 0;
    if (steps.integer(flag, 0) === 0 || rank < 2) return name;
    const front = Array.from({ length: rank - 2 }, (_, axis) => axis);
    return steps.step('Transpose', [name], { perm: [...front, rank - 1, rank - 2] });
  });
  const product = steps.step('MatMul', factors);
  const alpha = steps.real('alpha', 1);
  if (alpha !== 1) steps.step('Mul', [product, steps.real32(alpha)]);
  return steps.ended();
}
