import type { Operation } from '../../operation.js';
import type { Constant, Value } from '../../values.js';

/** Operators that may read numbers of images, as exporters write the flattening of some layouts (PyTorch's `as_strided`). */
const OPERATORS: readonly string[] = ['Add', 'Mul', 'Unsqueeze'];

/**
 * What an operation makes of constants of which one numbers the images of a batch.
 *
 * @param evaluate the same of plain constants.
 * @returns undefined if none does.
 * @throws CascadeError if the numbers of the images do not stay along the first axis.
 */
export function withImageNumbers(
  operation: Operation,
  evaluate: (operation: Operation) => Constant,
): Constant | undefined {
  const numbering = operation.operands.filter(isNumbering);
  const [numbers] = numbering;
  if (numbers === undefined) return undefined;
  const { opType } = operation.node;
  const plain = operation.operands.map((operand) => (operand === numbers ? firstRow(numbers) : operand));
  const made = evaluate(operation.reading(plain));
  const other = operation.operands.find((operand) => operand !== numbers) as Constant | undefined;
  const isScaled = opType === 'Mul';
  const factor = isScaled ? other?.data[0] : 1;
  if (
    !OPERATORS.includes(opType) ||
    numbering.length > 1 ||
    !staysFirst(operation, numbers, made) ||
    (isScaled && other?.data.length !== 1)
  )
    throw operation.refusal(
      'computes with the numbers of the images of a batch, by which they would not stay by themselves',
    );
  return { ...made, perImage: numbers.perImage! * factor! };
}

/** Whether the rows of the images still are along the first axis. */
function staysFirst(operation: Operation, numbers: Constant, made: Constant): boolean {
  const rank = made.shape.length;
  if (operation.node.opType !== 'Unsqueeze') return made.shape[0] === 1 && rank === numbers.shape.length;
  return !(operation.indices('axes', 1) ?? []).some((axis) => axis === 0 || axis === -rank);
}

function isNumbering(operand: Value | undefined): operand is Constant {
  return operand?.kind === 'constant' && operand.perImage !== undefined;
}

function firstRow({ perImage: _, ...row }: Constant): Constant {
  return row;
}
