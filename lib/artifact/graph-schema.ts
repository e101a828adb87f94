import { z } from 'zod';
import { type Graph, type GraphNode, MOST_NODES } from '../network/graph.js';
import { OPERATOR_LIMITS } from '../network/operator/operator-limits.js';
import { OPERATOR_NAMES } from '../network/operator/operator-names.js';
import { elementCount } from '../network/tensor.js';

/** Larger than any side, channel or window of a network: whatever is larger was damaged. */
const LARGEST = 2 ** 24;

const name = z.string().min(1);
const size = z.int().min(1).max(LARGEST);
const margin = z.int().nonnegative().max(LARGEST);
const pair = z.tuple([size, size]).readonly();
const padding = z.strictObject({ top: margin, bottom: margin, left: margin, right: margin });

const named = { name };
const fed = { ...named, input: name };
const windowed = { ...fed, kernel: pair, stride: pair, padding };

const whole = z
  .int()
  .min(-(2 ** 31))
  .max(2 ** 31);
const shape = z.array(size).max(OPERATOR_LIMITS.axes).readonly();
const constant = z.union([
  z.strictObject({ parameter: name, shape }),
  z
    .strictObject({ integers: z.array(whole).max(OPERATOR_LIMITS.integers).readonly(), shape })
    .refine(({ integers, shape: sizes }) => integers.length === elementCount(sizes)),
]);
const attribute = z.union([
  whole,
  z.string().max(OPERATOR_LIMITS.text),
  z.array(whole).max(OPERATOR_LIMITS.listed).readonly(),
  z.strictObject({ real: z.number() }),
]);

/** The operators, each with what its node says. */
const NODES = {
  convolution: z.strictObject({
    ...windowed,
    kind: z.literal('convolution'),
    outputChannels: size,
    groups: size,
    weight: name,
    bias: name.exactOptional(),
  }),
  linear: z.strictObject({
    ...fed,
    kind: z.literal('linear'),
    outputFeatures: size,
    weight: name,
    bias: name.exactOptional(),
  }),
  'batch-normalization': z.strictObject({
    ...fed,
    kind: z.literal('batch-normalization'),
    epsilon: z.number().nonnegative(),
    scale: name,
    shift: name,
    mean: name,
    variance: name,
  }),
  affine: z.strictObject({ ...fed, kind: z.literal('affine'), scale: name, shift: name }),
  relu: z.strictObject({ ...fed, kind: z.literal('relu') }),
  relu6: z.strictObject({ ...fed, kind: z.literal('relu6') }),
  add: z.strictObject({ ...named, kind: z.literal('add'), inputs: z.tuple([name, name]).readonly() }),
  'average-pool': z.strictObject({ ...windowed, kind: z.literal('average-pool') }),
  'max-pool': z.strictObject({ ...windowed, kind: z.literal('max-pool') }),
  'global-average-pool': z.strictObject({ ...fed, kind: z.literal('global-average-pool') }),
  flatten: z.strictObject({ ...fed, kind: z.literal('flatten') }),
  'strided-slice': z.strictObject({ ...fed, kind: z.literal('strided-slice'), stride: pair }),
  resize: z.strictObject({ ...fed, kind: z.literal('resize'), size: pair }),
  pad: z.strictObject({ ...fed, kind: z.literal('pad'), padding }),
  operator: z.strictObject({
    ...named,
    kind: z.literal('operator'),
    operator: z.enum(OPERATOR_NAMES),
    inputs: z
      .array(z.union([name, constant, z.null()]))
      .min(1)
      .max(OPERATOR_LIMITS.inputs)
      .refine((inputs) => inputs.some((input) => typeof input === 'string'), 'reads no value')
      .readonly(),
    attributes: z
      .record(z.string(), attribute)
      .refine((attributes) => Object.keys(attributes).length <= OPERATOR_LIMITS.attributes)
      .readonly(),
  }),
  'pad-channels': z.strictObject({ ...fed, kind: z.literal('pad-channels'), before: margin, after: margin }),
} satisfies { [Kind in GraphNode['kind']]: z.ZodType<Extract<GraphNode, { readonly kind: Kind }>> };

const [first, ...others] = Object.values(NODES);

/** A network's structure as it is written as JSON. */
export const graphSchema = z.strictObject({
  input: name,
  inputShape: z.tuple([size, size, size]).readonly(),
  nodes: z
    .array(z.discriminatedUnion('kind', [first!, ...others]))
    .min(1)
    .max(MOST_NODES)
    .readonly(),
  output: name,
}) satisfies z.ZodType<Graph>;
