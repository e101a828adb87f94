import { elementCount } from '../../../network/tensor.js';
import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import type { Constant, Value } from '../values.js';
import { asInFile } from './as-in-file.js';
import { carried } from './carried.js';
import { emit, emitReshape, type Made, madeValue } from './emit.js';

/** Gather, also of numbers that all images have in one list, each image its own. */
export function gather(operation: Operation, builder: NetworkBuilder): Value {
  const places = operation.operand(1);
  const isOfImages = places.kind === 'constant' && places.perImage !== undefined;
  return isOfImages ? ownNumbers(operation, builder, places) : carried(operation, builder, 'Gather');
}

function ownNumbers(operation: Operation, builder: NetworkBuilder, places: Constant): Made {
  const name = asInFile(operation, builder, operation.operand(0));
  const { sizes, axis, inner } = builder.batchedShape(name)!;
  const [length, ...rest] = sizes as [number, ...number[]];
  const isOwn = axis === 0 && inner === length && places.perImage === length;
  if (!isOwn || operation.integer('axis', 0) !== 0)
    throw operation.refusal('picks numbers of other images than the one that they are for');
  operation.makes(elementCount(places.shape));
  const parted = emitReshape(operation, builder, `${operation.output}/images`, name, {
    sizes: [1, length, ...rest],
    axis: 0,
  });
  const indices = { integers: [...places.data], shape: places.shape.slice(1) };
  return madeValue(
    builder,
    emit(operation, builder, operation.output, 'Gather', [parted, indices], { axis: 1 }),
  );
}
