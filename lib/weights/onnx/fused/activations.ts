import type { NodeMessage } from '../model-file.js';
import type { PlainSteps } from './plain-steps.js';

/** Gelu, BiasGelu and FastGelu: of the sum of both inputs where there are two. @param approximate as ONNX's own says it. */
export function gelu(steps: PlainSteps, approximate: 'none' | 'tanh'): readonly NodeMessage[] {
  const [x, bias] = [steps.needed(0), steps.input(1)];
  steps.step('Gelu', [bias === undefined ? x : steps.step('Add', [x, bias])], { approximate });
  return steps.ended();
}

/** QuickGelu, `x · sigmoid(alpha · x)`. */
export function quickGelu(steps: PlainSteps): readonly NodeMessage[] {
  steps.step('Swish', [steps.needed(0)], { alpha: { real: steps.real('alpha', 1.702) } });
  return steps.ended();
}

/** What follows a convolution or product, by the attributes that name it; undefined if it is none that is known. */
export function activated(
  steps: PlainSteps,
  value: string,
  parameters: readonly number[],
): readonly NodeMessage[] | undefined {
  const activation = steps.text('activation');
  const [first, second] = parameters;
  switch (activation) {
    case '':
      return steps.ended();
    case 'Relu':
    case 'Sigmoid':
    case 'Tanh':
      steps.step(activation, [value]);
      return steps.ended();
    case 'LeakyRelu':
      steps.step(activation, [value], { alpha: { real: first ?? 0.01 } });
      return steps.ended();
    case 'HardSigmoid':
      steps.step(activation, [value], { alpha: { real: first ?? 0.2 }, beta: { real: second ?? 0.5 } });
      return steps.ended();
    case 'Clip': {
      const bounds = [first ?? Number.NEGATIVE_INFINITY, second ?? Number.POSITIVE_INFINITY];
      const [least, most] = bounds.map((bound) => (Number.isFinite(bound) ? steps.real32(bound) : ''));
      steps.step(activation, [value, least!, most!]);
      return steps.ended();
    }
    default:
      return undefined;
  }
}
