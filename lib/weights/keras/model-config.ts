import { CascadeError } from '../../errors.js';
import { quoted } from '../quoted.js';
import { type JsonObject, listOf, membersOf, shownText, textOf } from './json.js';
import { type Reference, referencesIn } from './references.js';

/** A layer as a model's configuration describes it. */
export interface LayerConfig {
  /** E.g. `Conv2D`. */
  readonly className: string;
  /** Unique in its model. */
  readonly name: string;
  readonly config: JsonObject;
  /** What each use of the layer is given. */
  readonly calls: readonly (readonly Reference[])[];
  /** The model, where the layer is one. */
  readonly model?: ModelConfig;
}

/** A functional or sequential model of one input and one output. */
export interface ModelConfig {
  readonly name: string;
  readonly layers: readonly LayerConfig[];
  /** Name of the layer that stands for the input. */
  readonly input: string;
  /** `[batch, height, width, channels]` of the input, null where any size fits; undefined where nothing tells it. */
  readonly inputShape: readonly unknown[] | undefined;
  readonly output: Reference;
}

const SEQUENTIAL = 'Sequential';
const FUNCTIONAL: readonly string[] = ['Functional', 'Model'];
const INPUT_LAYER = 'InputLayer';
/** Name of the input of a sequential model that has no layer for it. */
const UNNAMED_INPUT = 'input';

/**
 * A model's configuration, as Keras 2 and 3 and TensorFlow.js write it, in one form. Classes are only names here: nothing is
 * looked up or executed.
 *
 * @throws CascadeError if it is no functional or sequential model of one input and one output.
 */
export function parseModel(description: unknown, file: string): ModelConfig {
  const { class_name: className, config } = membersOf(description);
  // The first Keras versions wrote a sequential model's layers without its name.
  const { name, layers, ...rest } = Array.isArray(config) ? { layers: config } : membersOf(config);
  if (!isModel(className) || !Array.isArray(layers) || layers.length === 0) {
    throw new CascadeError(
      `${file} holds a model of the class ${shownText(className)}, which cascade does not know; save it as a functional or sequential model.`,
    );
  }
  const model = { name: textOf(name) ?? 'model', layers: layers.map((layer) => parseLayer(layer, file)) };
  if (className === SEQUENTIAL) return sequential(model, rest);
  const inputs = referencesIn(rest['input_layers']);
  const outputs = referencesIn(rest['output_layers']);
  if (inputs.length !== 1 || outputs.length !== 1) {
    throw new CascadeError(
      `${file} holds the model ${quoted(model.name)} of ${inputs.length} inputs and ${outputs.length} outputs, and cascade runs classifiers of one each.`,
    );
  }
  const input = inputs[0]!.layer;
  const inputLayer = model.layers.find((layer) => layer.name === input);
  return { ...model, input, inputShape: batchShape(inputLayer?.config), output: outputs[0]! };
}

function isModel(className: unknown): className is string {
  return className === SEQUENTIAL || FUNCTIONAL.includes(className as string);
}

function parseLayer(description: unknown, file: string): LayerConfig {
  const members = membersOf(description);
  const config = membersOf(members['config']);
  const registered = textOf(members['registered_name']) ?? '';
  // A class of the user's may bear the name of one of Keras's, and is then registered with its package.
  const className = registered.includes('>')
    ? registered
    : (textOf(members['class_name']) ?? shownText(members['class_name']));
  return {
    className,
    name: textOf(members['name']) ?? textOf(config['name']) ?? 'unnamed',
    config,
    calls: listOf(members['inbound_nodes']).map(referencesIn),
    ...(isModel(className) ? { model: parseModel(description, file) } : {}),
  };
}

/** A chain of layers as a functional model. */
function sequential({ name, layers }: Pick<ModelConfig, 'name' | 'layers'>, rest: JsonObject): ModelConfig {
  const [first, ...others] = layers as readonly [LayerConfig, ...LayerConfig[]];
  const hasInput = first.className === INPUT_LAYER;
  const inputShape =
    batchShape(first.config) ??
    first.model?.inputShape ??
    batchShape({ batch_shape: rest['build_input_shape'] });
  const input = hasInput ? first : { className: INPUT_LAYER, name: UNNAMED_INPUT, config: {}, calls: [] };
  let previous = input.name;
  const chain = (hasInput ? others : layers).map((layer) => {
    const calls = [[{ layer: previous, call: 0 }]];
    previous = layer.name;
    return { ...layer, calls };
  });
  return {
    name,
    layers: [input, ...chain],
    input: input.name,
    inputShape,
    output: { layer: previous, call: 0 },
  };
}

function batchShape(config: JsonObject = {}): readonly unknown[] | undefined {
  const shape = config['batch_shape'] ?? config['batch_input_shape'];
  return Array.isArray(shape) ? shape : undefined;
}
