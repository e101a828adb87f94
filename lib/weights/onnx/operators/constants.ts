import type { Operation } from '../operation.js';
import type { Constant } from '../values.js';
import {
  combined,
  comparison,
  difference,
  elementwiseProduct,
  mapped,
  modulo,
  product,
  quotient,
  sum,
} from './constants/arithmetic.js';
import { matrixProduct } from './constants/matrix-product.js';
import { expand, tile } from './constants/repetition.js';
import { scattered } from './constants/scattering.js';
import { concat, gather, slice, where } from './constants/selection.js';
import { reshape, squeeze, transpose, unsqueeze } from './constants/shaping.js';
import { cast, filled, range, written } from './constants/sources.js';
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
  ['MatMul', matrixProduct],
  ['Add', sum],
  ['Sub', difference],
  ['Mul', elementwiseProduct],
  ['Div', quotient],
  ['Pow', (operation) => combined(operation, (a, b) => a ** b)],
  ['Mod', modulo],
  ['Equal', comparison((a, b) => a === b)],
  ['Greater', comparison((a, b) => a > b)],
  ['Less', comparison((a, b) => a < b)],
  ['And', comparison((a, b) => a !== 0 && b !== 0)],
  ['Or', comparison((a, b) => a !== 0 || b !== 0)],
  ['Not', mapped((value) => Number(value === 0))],
  ['Where', where],
  ['ScatterND', scattered],
  ['Range', range],
  ['Floor', mapped(Math.floor)],
  ['Ceil', mapped(Math.ceil)],
  ['Sqrt', mapped(Math.sqrt)],
  ['Reciprocal', mapped((value) => 1 / value)],
  ['Neg', mapped((value) => -value)],
  ['Abs', mapped(Math.abs)],
  ['Exp', mapped(Math.exp)],
  ['Log', mapped(Math.log)],
  ['Sign', mapped(Math.sign)],
]);
