import type { Padding, Pair } from '../../../network/graph.js';
import { listed } from '../listed.js';
import type { Operation } from '../operation.js';

/** How a convolution or pool slides. */
export interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
}

export const NO_PADDING: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

export function isPadded({ top, bottom, left, right }: Padding): boolean {
  return top + bottom + left + right > 0;
}

/**
 * Strides and padding of an operator with a window, `auto_pad` resolved.
 *
 * @param size rows and columns of its input.
 * @throws CascadeError if they are malformed, or the window is dilated.
 */
export function windowOf(operation: Operation, size: Pair, kernel: Pair): Window {
  const dilations = operation.counts('dilations', [1, 1], 1);
  if (dilations.some((dilation, axis) => dilation > 1 && kernel[axis]! > 1)) {
    throw operation.refusal(`has dilations of ${listed(dilations)}, which cascade does not run`);
  }
  const stride = operation.counts('strides', [1, 1], 1) as [number, number];
  return { kernel, stride, padding: paddingOf(operation, size, kernel, stride) };
}

function paddingOf(operation: Operation, size: Pair, kernel: Pair, stride: Pair): Padding {
  const mode = operation.text('auto_pad', 'NOTSET');
  switch (mode) {
    case 'NOTSET': {
      const [top, left, bottom, right] = operation.counts('pads', [0, 0, 0, 0], 0);
      return { top: top!, bottom: bottom!, left: left!, right: right! };
    }
    case 'VALID':
      return NO_PADDING;
    case 'SAME_UPPER':
    case 'SAME_LOWER': {
      // As many outputs as strides begin in the input; an odd pixel goes to the side that the name says.
      const [rows, columns] = size.map((length, axis) => {
        const outputs = Math.ceil(length / stride[axis]!);
        const total = Math.max(0, (outputs - 1) * stride[axis]! + kernel[axis]! - length);
        const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
        return mode === 'SAME_UPPER' ? [less, more] : [more, less];
      });
      return { top: rows![0]!, bottom: rows![1]!, left: columns![0]!, right: columns![1]! };
    }
    default:
      throw operation.refusal(`has the auto_pad ${mode}, which is unknown; get the file again`);
  }
}

/**
 * The rows and columns that `ceil_mode` adds at the end, so that a window that is only begun counts too, unless it begins in the
 * padding (as PyTorch has it).
 */
export function ceilPadding(size: Pair, { kernel, stride, padding }: Window): Pair {
  const before = [padding.top, padding.left];
  const after = [padding.bottom, padding.right];
  const [rows, columns] = size.map((length, axis) => {
    const [step, reach] = [stride[axis]!, length + before[axis]!];
    const total = reach + after[axis]!;
    const begun = Math.ceil((total - kernel[axis]!) / step) + 1;
    const outputs = (begun - 1) * step >= reach ? begun - 1 : begun;
    return Math.max(0, (outputs - 1) * step + kernel[axis]! - total);
  });
  return [rows!, columns!];
}
