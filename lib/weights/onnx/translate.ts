import { CascadeError } from '../../errors.js';
import type { Network } from '../../network/graph.js';
import { MixingImages } from '../../network/operator/operator-call.js';
import { subnetwork } from '../../network/segments.js';
import { NumberBudget } from '../number-budget.js';
import { orderByUse } from '../order-by-use.js';
import { quoted } from '../quoted.js';
import { chooseOutput, type NamedOutput } from './choose-output.js';
import { constantOf } from './constant.js';
import { RUNTIME_DOMAIN, unfused } from './fused/unfused.js';
import { inputOf } from './graph-input.js';
import type { GraphMessage, ModelMessage, NodeMessage, TensorMessage } from './model-file.js';
import { NetworkBuilder } from './network-builder.js';
import { Operation, refusal } from './operation.js';
import { withImageNumbers } from './operators/constants/image-numbers.js';
import { CONSTANT_OPERATORS } from './operators/constants.js';
import { OPERATORS } from './operators.js';
import { passThrough } from './pass-through/pass-through.js';
import { withScopedNames } from './scoped-names.js';
import { fileShape, type Value } from './values.js';

/** Oldest version of the operators that is read: before it, broadcasting had rules of its own. */
const OLDEST_OPSET = 7;

const STANDARD_DOMAINS = ['', 'ai.onnx'];

/**
 * The network that a model describes, from its images to its logits.
 *
 * @param external bytes of tensors that lie in other files.
 * @param fileBytes of the model and all that it keeps in other files: what it may grow to goes by it.
 * @param imageSize `[height, width]` of an image where the model leaves them open.
 * @throws CascadeError naming the node that the network's graph cannot express.
 */
export function translateModel(
  model: ModelMessage,
  external: ReadonlyMap<TensorMessage, Uint8Array>,
  fileBytes: number,
  imageSize: readonly [number, number] | undefined,
  file: string,
): TranslatedModel {
  const opset = model.opsetImport.find(({ domain }) => STANDARD_DOMAINS.includes(domain))?.version ?? 1;
  if (!(opset >= OLDEST_OPSET)) {
    throw new CascadeError(
      `${file} uses version ${opset} of ONNX's operators, where cascade reads ${OLDEST_OPSET} and newer; export it again.`,
    );
  }
  const graph = withScopedNames(model.graph);
  const input = inputOf(graph, imageSize, file);
  const builder = new NetworkBuilder(input.name, input.shape);
  const budget = new NumberBudget(fileBytes);
  const values = new FileValues(graph, external, file);
  values.set(input.name, input);
  const nodes = orderByUse(graph.node, (node) =>
    refusal(node, file, 'needs its own result, by way of other nodes or at once; export the model again'),
  );
  const translate = (node: NodeMessage): void => {
    // Of the results of others than Split, such as the mask of a Dropout, the first alone.
    for (const [part, name] of node.output.slice(0, node.opType === 'Split' ? undefined : 1).entries()) {
      if (!name) continue;
      if (values.has(name)) {
        throw refusal(node, file, `makes the value ${quoted(name)} a second time; export the model again`);
      }
      // Kept until the value is wanted: what the logits do not need may be anything.
      values.set(
        name,
        attempt(() => translateNode(node, part, values, builder, opset, file, budget)),
      );
    }
  };
  for (const node of nodes) unfused(node, (name) => values.shapeOf(name)).forEach(translate);
  const outputs = graph.output.map(
    ({ name }): NamedOutput => ({ name, value: attempt(() => values.get(name)) }),
  );
  const output = chooseOutput(outputs, file);
  return {
    network: subnetwork(builder.network(output), input.name, [output]),
    takesPixels: input.isWhole ?? false,
  };
}

export interface TranslatedModel {
  readonly network: Network;
  /** Its input are whole numbers, pixels 0 … 255 as they are. */
  readonly takesPixels: boolean;
}

/** What the file's names stand for so far; a failure where something is wrong with a value. */
class FileValues {
  readonly #values = new Map<string, Value | CascadeError>();
  readonly #initializers: ReadonlyMap<string, TensorMessage>;

  constructor(
    graph: GraphMessage,
    readonly external: ReadonlyMap<TensorMessage, Uint8Array>,
    readonly file: string,
  ) {
    this.#initializers = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  }

  set(name: string, value: Value | CascadeError): void {
    this.#values.set(name, value);
  }

  has(name: string): boolean {
    return this.#values.has(name) || this.#initializers.has(name);
  }

  /** @throws CascadeError if there is no such value, or it could not be made. */
  get(name: string): Value {
    const value = this.#values.get(name) ?? this.#initial(name);
    if (value instanceof CascadeError) throw value;
    return value;
  }

  /** The images among its axes; undefined where there is no such value. */
  shapeOf(name: string): readonly number[] | undefined {
    const value = attempt(() => this.get(name));
    if (value instanceof CascadeError) return undefined;
    if (value.kind === 'constant') return value.shape;
    return value.kind === 'tensor' ? value.shape.sizes : [1, ...fileShape(value)];
  }

  #initial(name: string): Value {
    const message = this.#initializers.get(name);
    if (message === undefined) {
      throw new CascadeError(
        `${this.file} lacks the value ${quoted(name)}, which it uses; get the file again.`,
      );
    }
    const constant = constantOf(message, this.file, this.external.get(message));
    this.set(name, constant);
    return constant;
  }
}

function translateNode(
  node: NodeMessage,
  part: number,
  values: FileValues,
  builder: NetworkBuilder,
  opset: number,
  file: string,
  budget: NumberBudget,
): Value {
  const operands = node.input.map((name) => (name === '' ? undefined : values.get(name)));
  const operation = new Operation(node, operands, opset, file, budget, part);
  if (!STANDARD_DOMAINS.includes(node.domain)) {
    throw operation.refusal(
      `is an operator of ${quoted(node.domain)}, where cascade only runs ONNX's own; ${remedyFor(node.domain)}`,
    );
  }
  const isConstant = operands.every((operand) => operand === undefined || operand.kind === 'constant');
  const evaluate = isConstant ? CONSTANT_OPERATORS.get(node.opType) : undefined;
  if (evaluate !== undefined) return withImageNumbers(operation, evaluate) ?? evaluate(operation);
  const translate = OPERATORS.get(node.opType);
  if (translate === undefined) return passThrough(operation, builder);
  const own = attempt(() => translate(operation, builder));
  if (!(own instanceof CascadeError)) return own;
  const passed = attempt(() => passThrough(operation, builder));
  if (!(passed instanceof CascadeError)) return passed;
  // What is wrong is said in the terms in which the node was understood.
  const isForPassing =
    operands.some((operand) => operand?.kind === 'tensor') || passed.cause instanceof MixingImages;
  throw isForPassing ? passed : own;
}

/** What to do about an operator of another domain than ONNX's. */
function remedyFor(domain: string): string {
  if (domain.startsWith(RUNTIME_DOMAIN))
    return 'give the file from before ONNX Runtime optimised or quantised it';
  // PyTorch's exporters call the functions so that they write into a file.
  if (domain.startsWith('pkg.')) return 'write out its functions with onnx.inliner.inline_local_functions';
  return 'export the network without it';
}

function attempt(make: () => Value): Value | CascadeError {
  try {
    return make();
  } catch (error) {
    if (error instanceof CascadeError) return error;
    throw error;
  }
}
