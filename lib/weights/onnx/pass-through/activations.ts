import type { OperatorName } from '../../../network/operator/operator-names.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { asInFile } from './as-in-file.js';
import { emit, type Made, madeValue, type Part } from './emit.js';

/** Writes one step of a function behind the other. */
class Steps {
  #count = 0;

  constructor(
    readonly operation: Operation,
    readonly builder: NetworkBuilder,
  ) {}

  step(operator: OperatorName, ...parts: readonly Part[]): string {
    return emit(this.operation, this.builder, `${this.operation.output}/${this.#count++}`, operator, parts);
  }

  last(operator: OperatorName, ...parts: readonly Part[]): Made {
    return madeValue(
      this.builder,
      emit(this.operation, this.builder, this.operation.output, operator, parts),
    );
  }
}

function number(value: number): Part {
  return { shape: [], data: Float32Array.of(value) };
}

/** Gelu (version 20), `x · Φ(x)` or its approximation by tanh (Hendrycks & Gimpel, arXiv 1606.08415). */
export function gelu(operation: Operation, builder: NetworkBuilder): Made {
  const x = asInFile(operation, builder, operation.operand(0));
  const steps = new Steps(operation, builder);
  if (operation.text('approximate', 'none') === 'tanh') {
    const cube = steps.step('Mul', steps.step('Mul', steps.step('Mul', x, x), x), number(0.044715));
    const inside = steps.step('Mul', steps.step('Add', x, cube), number(Math.sqrt(2 / Math.PI)));
    const share = steps.step('Add', steps.step('Tanh', inside), number(1));
    return steps.last('Mul', steps.step('Mul', x, share), number(0.5));
  }
  const error = steps.step('Erf', steps.step('Div', x, number(Math.SQRT2)));
  return steps.last('Mul', steps.step('Mul', x, steps.step('Add', error, number(1))), number(0.5));
}

/** Mish (version 18), `x · tanh(softplus(x))`. */
export function mish(operation: Operation, builder: NetworkBuilder): Made {
  const x = asInFile(operation, builder, operation.operand(0));
  const steps = new Steps(operation, builder);
  return steps.last('Mul', x, steps.step('Tanh', steps.step('Softplus', x)));
}

/** Swish (version 24), `x · sigmoid(alpha · x)`. */
export function swish(operation: Operation, builder: NetworkBuilder): Made {
  const x = asInFile(operation, builder, operation.operand(0));
  const steps = new Steps(operation, builder);
  const alpha = operation.real('alpha', 1);
  return steps.last('Mul', x, steps.step('Sigmoid', alpha === 1 ? x : steps.step('Mul', x, number(alpha))));
}
