import { CascadeError } from '../../errors.js';
import { quoted } from '../quoted.js';
import { listed } from './listed.js';
import { type Activation, fileShape, type Value } from './values.js';

/** An output of a model, or why it cannot be computed. */
export interface NamedOutput {
  readonly name: string;
  readonly value: Value | CascadeError;
}

/**
 * The value of the network that holds the logits: the only output with one number a class. Its softmax may be an output as well.
 *
 * @throws CascadeError telling all outputs if there is none or more than one.
 */
export function chooseOutput(outputs: readonly NamedOutput[], file: string): string {
  const logits = new Set(outputs.flatMap(({ value }) => (isLogits(value) ? [value.name] : [])));
  const [only] = logits;
  if (logits.size === 1) return only!;
  const failure = outputs.find(({ value }) => value instanceof CascadeError)?.value;
  if (logits.size === 0 && failure instanceof CascadeError) throw failure;
  const described =
    outputs.map(({ name, value }) => `${quoted(name)} (${describe(value)})`).join(', ') || 'none';
  throw new CascadeError(
    `${file} has the outputs ${described}, where cascade needs exactly one of [images, classes]; export it with its logits alone.`,
  );
}

function isLogits(value: Value | CascadeError): value is Activation {
  return (
    !(value instanceof CascadeError) && value.kind === 'vector' && value.shape.length === 1 && !value.order
  );
}

function describe(value: Value | CascadeError): string {
  if (value instanceof CascadeError) return 'not to be run';
  return value.kind === 'constant' ? 'constant' : listed(['images', ...fileShape(value)]);
}
