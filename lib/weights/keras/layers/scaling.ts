import type { Shape } from '../../../network/graph.js';
import type { Tensor } from '../../../network/tensor.js';
import type { GraphBuilder, Value } from '../graph-builder.js';
import type { KerasLayer } from '../keras-layer.js';
import { mapOrder } from './map-order.js';

/** What Keras puts below a standard deviation (keras.config.epsilon). */
const LEAST_DEVIATION = 1e-7;

/** A `BatchNormalization` layer, as it works at inference. */
export function batchNormalization(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  requireLastAxis(layer, input);
  const shape = [channelsOf(input)];
  const [hasScale, hasCenter] = [layer.flag('scale', true), layer.flag('center', true)];
  const names = [
    ...(hasScale ? ['gamma'] : []),
    ...(hasCenter ? ['beta'] : []),
    'moving_mean',
    'moving_variance',
  ];
  const parameter = (name: string, fallback: number): string => {
    const index = names.indexOf(name);
    builder.makes(layer, shape[0]!);
    const tensor =
      index < 0 ? constant(shape, fallback) : builder.variable(layer, { names: [name], index }, shape);
    return builder.parameter(layer, name, mapOrder(tensor, input));
  };
  return builder.add(
    layer,
    {
      kind: 'batch-normalization',
      name: layer.name,
      input: input.name,
      epsilon: layer.number('epsilon', 1e-3),
      scale: parameter('gamma', 1),
      shift: parameter('beta', 0),
      mean: parameter('moving_mean', 0),
      variance: parameter('moving_variance', 1),
    },
    input,
  );
}

/** A `Rescaling` layer: `x · scale + offset`, with one number or one a channel. */
export function rescaling(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  const scale = eachChannel(layer, input, layer.numbers('scale'), builder);
  const shift = eachChannel(layer, input, layer.numbers('offset'), builder);
  return affine(layer, input, scale, shift, builder);
}

/** A `Normalization` layer: `(x − mean) / √variance`, told by the configuration or learned. */
export function normalization(layer: KerasLayer, input: Value, builder: GraphBuilder): Value {
  if (layer.flag('invert', false)) throw layer.refusal('is inverted, which cascade does not run');
  const isWhole = layer.config['axis'] === null;
  if (!isWhole) requireLastAxis(layer, input);
  const statistic = (name: string, index: number): readonly number[] => {
    const isTold = (layer.config[name] ?? null) !== null;
    if (isTold) return layer.numbers(name);
    return [...builder.variable(layer, { names: [name], index }, isWhole ? [] : [channelsOf(input)]).data];
  };
  const mean = eachChannel(layer, input, statistic('mean', 0), builder);
  const variance = eachChannel(layer, input, statistic('variance', 1), builder);
  const deviations = variance.map((value) => Math.max(Math.sqrt(value), LEAST_DEVIATION));
  const shift = mean.map((value, channel) => -value / deviations[channel]!);
  return affine(
    layer,
    input,
    deviations.map((deviation) => 1 / deviation),
    shift,
    builder,
  );
}

function affine(
  layer: KerasLayer,
  input: Value,
  scale: readonly number[],
  shift: readonly number[],
  builder: GraphBuilder,
): Value {
  const parameter = (name: string, values: readonly number[]): string => {
    const tensor = { shape: [values.length], data: Float32Array.from(values) };
    return builder.parameter(layer, name, mapOrder(tensor, input));
  };
  return builder.add(
    layer,
    {
      kind: 'affine',
      name: layer.name,
      input: input.name,
      scale: parameter('scale', scale),
      shift: parameter('shift', shift),
    },
    input,
  );
}

/** One number for all channels, or one for each. */
function eachChannel(
  layer: KerasLayer,
  input: Value,
  values: readonly number[],
  builder: GraphBuilder,
): readonly number[] {
  const channels = channelsOf(input);
  builder.makes(layer, channels);
  if (values.length === 1) return Array(channels).fill(values[0]);
  if (values.length === channels) return values;
  throw layer.refusal(`has ${values.length} numbers for ${channels} channels`);
}

function channelsOf({ shape }: Value): number {
  return shape[0]!;
}

function requireLastAxis(layer: KerasLayer, input: Value): void {
  if (layer.isLastAxis(input.shape.length + 1)) return;
  throw layer.refusal('works along another axis than the last; build the model channels_last');
}

function constant(shape: Shape, value: number): Tensor {
  return { shape, data: new Float32Array(shape[0]!).fill(value) };
}
