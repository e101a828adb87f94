import type { Operator, OperatorAttribute } from '../../../network/graph.js';
import type { OperatorName } from '../../../network/operator/operator-names.js';
import type { AttributeType } from '../../../network/operator/operator-rule.js';
import { OPERATOR_RULES } from '../../../network/operator/operator-rules.js';
import { elementCount } from '../../../network/tensor.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import { type Activation, fileShape, type Value } from '../values.js';
import { asInFile } from './as-in-file.js';
import { emit, madeValue, type Part } from './emit.js';
import { within32 } from './whole-numbers.js';

/** A node as it is, its inputs and attributes those of version 17. */
export function carried(operation: Operation, builder: NetworkBuilder, operator: OperatorName): Value {
  const attributes = attributesOf(operation, operator);
  const inPlace = elementwise(operation, operator);
  if (inPlace !== undefined) {
    const name = emit(operation, builder, operation.output, operator, inPlace.parts, attributes);
    return { ...inPlace.value, name };
  }
  const parts = operation.operands.map((_, index) => partOf(operation, builder, operator, index));
  return madeValue(builder, emit(operation, builder, operation.output, operator, parts, attributes));
}

function partOf(operation: Operation, builder: NetworkBuilder, operator: OperatorName, index: number): Part {
  const operand = operation.operands[index];
  if (operand === undefined) return undefined;
  if (operand.kind !== 'constant') return asInFile(operation, builder, operand);
  if (OPERATOR_RULES[operator].integerInputs?.includes(index) !== true) return operation.weight(index);
  const { data, shape, isInteger } = operation.constant(index);
  if (!isInteger) throw operation.refusal(`has real numbers as its input ${index}; export the model again`);
  return { integers: [...data].map(within32), shape };
}

/** All attributes that the operator has in version 17; others, such as what only training needs, are left out. */
function attributesOf(operation: Operation, operator: OperatorName): Operator['attributes'] {
  const known = Object.entries(OPERATOR_RULES[operator].attributes ?? {});
  return Object.fromEntries(
    known
      .filter(([name]) => operation.has(name))
      .map(([name, type]) => [name, attributeOf(operation, name, type)]),
  );
}

function attributeOf(operation: Operation, name: string, type: AttributeType): OperatorAttribute {
  switch (type) {
    case 'integer':
      return operation.integer(name, 0);
    case 'integers':
      return operation.integers(name) ?? [];
    case 'real':
      return { real: operation.real(name, 0) };
    case 'text':
      return operation.text(name, '');
  }
}

/** Functions of every number by itself need no other order of axes: the operands as the network has them. */
function elementwise(
  operation: Operation,
  operator: OperatorName,
): { readonly value: Activation; readonly parts: readonly Part[] } | undefined {
  if (OPERATOR_RULES[operator].isElementwise !== true) return undefined;
  const operands = operation.operands.filter((operand) => operand !== undefined);
  const value = operands.find((operand) => operand.kind !== 'constant');
  if (value === undefined || value.kind === 'tensor' || value.kind === 'pooling') return undefined;
  if (value.softmax !== undefined || (value.kind === 'image' && value.isWhole)) return undefined;
  const isAlike = (other: Value): boolean =>
    other.kind === 'constant'
      ? elementCount(other.shape) === 1
      : other.kind === value.kind && layoutOf(other) === layoutOf(value);
  if (!operands.every(isAlike)) return undefined;
  const parts = operation.operands.map((operand, index): Part => {
    if (operand?.kind === 'constant') return { ...operation.weight(index), shape: [] };
    return (operand as Activation | undefined)?.name;
  });
  return { value, parts };
}

function layoutOf(value: Activation): string {
  const order = value.kind === 'image' ? value.axes : [...(value.order ?? [])];
  return [...fileShape(value), 'in', ...order, value.softmax?.node ?? ''].join();
}
