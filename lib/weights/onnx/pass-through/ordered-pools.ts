import type { NetworkBuilder } from '../network-builder.js';
import type { Operation } from '../operation.js';
import type { Value } from '../values.js';
import { asInFile } from './as-in-file.js';
import { madeValue } from './emit.js';

/** A pool of an image whose axes the network has in another order than the file: put into the file's first. */
export function ordered(
  pool: (operation: Operation, builder: NetworkBuilder) => Value,
): (operation: Operation, builder: NetworkBuilder) => Value {
  return (operation, builder) => {
    const name = asInFile(operation, builder, operation.operand(0));
    return pool(operation.reading([madeValue(builder, name)]), builder);
  };
}
