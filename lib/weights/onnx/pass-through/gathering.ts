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
  if (places.kind !== 'constant') return carried(operation, builder, 'Gather');
  const name = asInFile(operation, builder, operation.operand(0));
  const { sizes, axis, inner } = builder.batchedShape(name)!;
  const isAlongImages = axis === 0 && operation.integer('axis', 0) === 0;
  const isList = isAlongImages && sizes[0]! > 1 && inner === sizes[0];
  if (places.perImage !== undefined) {
    if (!isList || places.perImage !== inner)
      throw operation.refusal('picks numbers of other images than the one that they are for');
    return ownNumbers(operation, builder, name, places);
  }
  // A file that was exported for one image has its numbers alone.
  return isList && places.shape[0] === 1
    ? ownNumbers(operation, builder, name, places)
    : carried(operation, builder, 'Gather');
}

function ownNumbers(operation: Operation, builder: NetworkBuilder, name: string, places: Constant): Made {
  const [length, ...rest] = builder.batchedShape(name)!.sizes as [number, ...number[]];
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
