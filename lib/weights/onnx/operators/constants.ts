import type { Operation } from '../operation.js';
import type { Constant } from '../values.js';
import { difference, elementwiseProduct, product, quotient, sum } from './constants/arithmetic.js';
import { expand, tile } from './constants/repetition.js';
import { concat, gather, slice } from './constants/selection.js';
import { reshape, squeeze, transpose, unsqueeze } from './constants/shaping.js';
import { cast, filled, written } from './constants/sources.js';
import { shapeOf } from './layout.js';

type Evaluate = (operation: Operation) => Constant;

/** Operators whose operands are all constants: arithmetic of shapes, and weights in another order. */
export const CONSTANT_OPERATORS: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['Constant', written],
  ['ConstantOfShape', filled],
  ['Identity', (operation) => operation.constant(0)],
  ['Dropout', (operation) => operation.constant(0)],
  ['Cast', cast],
  ['Expand', expand],
  ['Tile', tile],
  ['Shape', shapeOf],
  ['Gather', gather],
  ['Slice', slice],
  ['Concat', concat],
  ['Reshape', reshape],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Transpose', transpose],
  ['ReduceProd', product],
  ['Add', sum],
  ['Sub', difference],
  ['Mul', elementwiseProduct],
  ['Div', quotient],
]);
