import type { GraphBuilder, Value } from '../graph-builder.js';
import type { KerasLayer } from '../keras-layer.js';
import { activation, relu, softmax } from './activation.js';
import { add } from './add.js';
import { convolution, depthwiseConvolution, separableConvolution } from './convolution.js';
import { dense } from './dense.js';
import { globalPool, pool } from './pooling.js';
import { flatten, reshape, zeroPadding } from './reshaping.js';
import { batchNormalization, normalization, rescaling } from './scaling.js';

/**
 * Adds the nodes of one use of a layer to the graph and returns its output.
 *
 * @throws CascadeError if the layer asks for what cascade does not run, or its weights are missing or do not fit.
 */
export type Translator = (layer: KerasLayer, inputs: readonly Value[], builder: GraphBuilder) => Value;

type UnaryTranslator = (layer: KerasLayer, input: Value, builder: GraphBuilder) => Value;

function unary(translate: UnaryTranslator): Translator {
  return (layer, inputs, builder) => {
    const [input, ...more] = inputs;
    if (input === undefined || more.length > 0) throw layer.refusal(`is given ${inputs.length} inputs`);
    return translate(layer, input, builder);
  };
}

/** Layers with an effect in training only. */
const TRAINING_ONLY = [
  'Dropout',
  'SpatialDropout2D',
  'GaussianDropout',
  'GaussianNoise',
  'AlphaDropout',
  'ActivityRegularization',
  'Identity',
  'RandomFlip',
  'RandomRotation',
  'RandomTranslation',
  'RandomZoom',
  'RandomContrast',
  'RandomBrightness',
];

const UNARY: Readonly<Record<string, UnaryTranslator>> = {
  ...Object.fromEntries(
    TRAINING_ONLY.map((className) => [className, (_: KerasLayer, input: Value) => input]),
  ),
  Activation: activation,
  AveragePooling2D: pool('average-pool'),
  BatchNormalization: batchNormalization,
  Conv2D: convolution,
  Dense: dense,
  DepthwiseConv2D: depthwiseConvolution,
  Flatten: flatten,
  GlobalAveragePooling2D: globalPool('average-pool'),
  GlobalMaxPooling2D: globalPool('max-pool'),
  MaxPooling2D: pool('max-pool'),
  Normalization: normalization,
  ReLU: relu,
  // Functions of keras.ops stand among the layers under their own names; `Add` is one too.
  Relu: relu,
  Relu6: (layer, input, builder) =>
    builder.add(layer, { kind: 'relu6', name: layer.name, input: input.name }, input),
  Rescaling: rescaling,
  Reshape: reshape,
  SeparableConv2D: separableConvolution,
  Softmax: softmax,
  ZeroPadding2D: zeroPadding,
};

/** How each class of layers becomes nodes. */
export const TRANSLATORS: ReadonlyMap<string, Translator> = new Map([
  ...Object.entries(UNARY).map(([className, translate]) => [className, unary(translate)] as const),
  ['Add', add],
]);
