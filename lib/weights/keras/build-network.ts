import { CascadeError } from '../../errors.js';
import type { Network, Shape } from '../../network/graph.js';
import { NumberBudget } from '../number-budget.js';
import { openImageSize } from '../open-image-size.js';
import { orderByUse } from '../order-by-use.js';
import { quoted } from '../quoted.js';
import { GraphBuilder, type Value } from './graph-builder.js';
import { shownJson } from './json.js';
import { KerasLayer, type LayerPath, type PathStep } from './keras-layer.js';
import { TRANSLATORS } from './layers/translators.js';
import type { LayerConfig, ModelConfig } from './model-config.js';
import type { Reference } from './references.js';
import type { WeightStore } from './weight-store.js';

/** What the graph's input is called. */
const INPUT = 'image';

/**
 * The layer graph of a Keras model with its trained weights, channels first. A softmax at the end is taken off, so that the
 * output are logits; models inside the model are taken apart.
 *
 * @param imageSize `[height, width]` where the model takes any.
 * @param file named in the errors.
 * @throws CascadeError naming the layer that cascade cannot run, or whose weights are missing or do not fit.
 */
export function buildNetwork(
  model: ModelConfig,
  store: WeightStore,
  imageSize: readonly [number, number] | undefined,
  file: string,
): Network {
  const inputShape = imageShape(model, imageSize, file);
  const input = { name: INPUT, shape: inputShape };
  const builder = new GraphBuilder(store, input, new NumberBudget(store.bytes));
  const output = buildModel(model, [], input, builder, file);
  if (output.shape.length !== 1 || output.flattened !== undefined) {
    throw new CascadeError(
      `${file} ends in a feature map of the shape [${(output.flattened ?? output.shape).join(', ')}] instead of one number a class; give a classifier.`,
    );
  }
  return {
    graph: { input: INPUT, inputShape, nodes: builder.nodes, output: output.name },
    parameters: builder.parameters,
  };
}

function imageShape(
  { name, inputShape }: ModelConfig,
  imageSize: readonly [number, number] | undefined,
  file: string,
): Shape {
  const isImage = inputShape?.length === 4;
  const [height, width, channels] = inputShape?.slice(1).map((size, axis) => size ?? imageSize?.[axis]) ?? [];
  if (isImage && (height === undefined || width === undefined)) throw openImageSize(file);
  const shape = [channels, height, width];
  if (!isImage || !shape.every((size) => Number.isSafeInteger(size) && (size as number) > 0)) {
    throw new CascadeError(
      `${file} holds the model ${quoted(name)} with the input ${shownJson(inputShape ?? null)}, and cascade runs networks on images: [batch, height, width, channels].`,
    );
  }
  return shape as number[];
}

/** Adds a model's layers to the graph. */
function buildModel(
  model: ModelConfig,
  path: LayerPath,
  input: Value,
  builder: GraphBuilder,
  file: string,
): Value {
  const values = new Map([[keyOf({ layer: model.input, call: 0 }), input]]);
  const steps = pathSteps(model);
  const models = new Set(model.layers.filter((layer) => layer.model !== undefined).map(({ name }) => name));
  // Keras counts the uses of a model from 0 or, where it was used while it was made, from 1; it is only used once.
  const keyOfUse = ({ layer, call }: Reference): string =>
    keyOf({ layer, call: models.has(layer) ? 0 : call });
  const outputOf = (reference: Reference): Value | undefined => values.get(keyOfUse(reference));
  const calls = model.layers.flatMap((layer) =>
    layer.name === model.input
      ? []
      : layer.calls.map((inputs, call) => ({
          layer,
          inputs,
          call,
          input: inputs.map(keyOfUse),
          output: [keyOf({ layer: layer.name, call })],
        })),
  );
  const withoutInput = ({ layer }: (typeof calls)[number]): CascadeError =>
    new CascadeError(
      `${file} describes no input that the layer ${quoted(layer.name)} could be computed from.`,
    );
  for (const each of orderByUse(calls, withoutInput)) {
    const { layer, call } = each;
    const given = each.inputs.map(outputOf);
    if (!given.every((value) => value !== undefined)) throw withoutInput(each);
    const step = [...path, steps.get(layer)!];
    values.set(each.output[0]!, buildCall(layer, call, step, given, builder, file));
  }
  const output = outputOf(model.output);
  if (output !== undefined) return output;
  throw new CascadeError(
    `${file} describes no layer ${quoted(model.output.layer)}, which the model ${quoted(model.name)} ends in.`,
  );
}

function buildCall(
  layer: LayerConfig,
  call: number,
  path: LayerPath,
  inputs: readonly Value[],
  builder: GraphBuilder,
  file: string,
): Value {
  const whole = path.map(({ name }) => name).join('/');
  const name = call === 0 ? whole : `${whole}:${call}`;
  const used = new KerasLayer(file, path, name, layer.className, layer.config);
  if (inputs.some(({ isSoftmax }) => isSoftmax)) {
    throw used.refusal('follows a softmax, which cascade runs only at the end of a network');
  }
  if (layer.model !== undefined) {
    if (layer.calls.length > 1) throw used.refusal('is used more than once');
    if (inputs.length !== 1) throw used.refusal(`is given ${inputs.length} inputs`);
    return buildModel(layer.model, path, inputs[0]!, builder, file);
  }
  const translate = TRANSLATORS.get(layer.className);
  if (translate === undefined) throw used.refusal('is of a class that cascade does not run');
  return translate(used, inputs, builder);
}

function keyOf({ layer, call }: Reference): string {
  return `${call} ${layer}`;
}

function pathSteps({ layers }: ModelConfig): ReadonlyMap<LayerConfig, PathStep> {
  const counts = new Map<string, number>();
  const positions = layers.map(({ className }) => {
    const position = counts.get(className) ?? 0;
    counts.set(className, position + 1);
    return position;
  });
  return new Map(
    layers.map((layer, index) => {
      const { name, className } = layer;
      return [layer, { name, className, position: positions[index]!, siblings: counts.get(className)! }];
    }),
  );
}
