import type { Graph, Parameters } from '../network/graph.js';
import { inferShapes } from '../network/shapes.js';
import { elementCount } from '../network/tensor.js';
import { encodeOnnx, integer, type OnnxValue } from '../onnx/encode-onnx.js';
import { NodeWriter } from '../onnx/node-writer.js';
import { DATA_TYPE } from '../onnx/onnx-proto.js';
import { differentiate } from './backward.js';
import { reshape } from './gradients/shaping.js';
import { classificationLoss, type Distillation } from './loss.js';
import { type MomentumOptions, momentumStep } from './momentum-step.js';
import { type StateLayouts, stateLayouts } from './state-layouts.js';
import { type VectorLayout, vectorLength } from './vector-layout.js';

export interface StepGraphOptions extends MomentumOptions {
  /** Images a step; other numbers do not run. */
  readonly batchSize: number;
  readonly distillation?: Distillation | undefined;
  /** Parameters that stay as they are, with their values; all others are learned. */
  readonly fixed?: Parameters;
}

/** A training step as an `.onnx` file. */
export interface StepGraph extends StateLayouts {
  readonly bytes: Uint8Array;
}

/** Names of what goes into a step; no network has such. */
export const STEP_INPUTS = {
  images: 'step:images',
  labels: 'step:labels',
  teacher: 'step:teacher',
  learningRate: 'step:learning-rate',
  parameters: 'step:parameters',
  velocity: 'step:velocity',
  statistics: 'step:statistics',
} as const;

/** Names of what comes out of it. */
export const STEP_OUTPUTS = {
  loss: 'step:loss',
  parameters: 'step:next-parameters',
  velocity: 'step:next-velocity',
  statistics: 'step:next-statistics',
} as const;

/** How much of each step's batch statistics enters the running ones (PyTorch's default momentum). */
const STATISTICS_MOMENTUM = 0.1;

/**
 * One step of fitting a network, as a graph of its own: forward with the batch's statistics, loss, gradients and update.
 *
 * It takes `STEP_INPUTS`: images (uint8, batch × channels × rows × columns), labels (int64, batch), with distillation the teacher's
 * logits (batch × classes), the learning rate (a scalar), and vectors of parameters, velocities and, with batch normalisations, their
 * running statistics. It gives `STEP_OUTPUTS`: the loss before the step (nats, a scalar), and the vectors after it.
 *
 * @throws CascadeError if a node has no gradient here.
 */
export function stepGraph(graph: Graph, options: StepGraphOptions): StepGraph {
  const { batchSize, distillation, fixed = new Map() } = options;
  const { learned, statistics } = stateLayouts(graph, fixed);
  const learnedNames = new Set(learned.map(([name]) => name));
  const writer = new NodeWriter('step/');

  for (const [name, { shape, data }] of fixed) writer.emitAs(name, 'Identity', [writer.floats(data, shape)]);
  unpack(writer, STEP_INPUTS.parameters, learned);
  writer.emitAs(graph.input, 'Cast', [STEP_INPUTS.images], [integer('to', DATA_TYPE.float32)]);
  const network = differentiate(graph, writer, { batchSize, isLearned: (name) => learnedNames.has(name) });
  const [classes] = inferShapes(graph).get(graph.output) as [number];
  const { loss, gradient } = classificationLoss(writer, {
    ...{ logits: graph.output, labels: STEP_INPUTS.labels, teacher: STEP_INPUTS.teacher },
    ...{ batchSize, classes, distillation },
  });
  const gradients = pack(writer, network.backward(gradient), learned);
  const after = momentumStep(writer, { ...STEP_INPUTS, gradients }, options);
  const float = (name: string, dimensions: readonly number[]): OnnxValue => ({
    name,
    elementType: DATA_TYPE.float32,
    dimensions,
  });
  const [length, statisticsLength] = [vectorLength(learned), vectorLength(statistics)];
  const results = [
    [STEP_OUTPUTS.loss, loss, []],
    [STEP_OUTPUTS.parameters, after.parameters, [length]],
    [STEP_OUTPUTS.velocity, after.velocity, [length]],
    ...(statistics.length === 0
      ? []
      : [
          [
            STEP_OUTPUTS.statistics,
            running(writer, network.statistics, statistics),
            [statisticsLength],
          ] as const,
        ]),
  ] as const;
  for (const [name, value] of results) writer.emitAs(name, 'Identity', [value]);
  const bytes = encodeOnnx({
    nodes: writer.nodes,
    initializers: writer.initializers,
    inputs: [
      {
        name: STEP_INPUTS.images,
        elementType: DATA_TYPE.uint8,
        dimensions: [batchSize, ...graph.inputShape],
      },
      { name: STEP_INPUTS.labels, elementType: DATA_TYPE.int64, dimensions: [batchSize] },
      ...(distillation === undefined ? [] : [float(STEP_INPUTS.teacher, [batchSize, classes])]),
      float(STEP_INPUTS.learningRate, []),
      float(STEP_INPUTS.parameters, [length]),
      float(STEP_INPUTS.velocity, [length]),
      ...(statistics.length === 0 ? [] : [float(STEP_INPUTS.statistics, [statisticsLength])]),
    ],
    outputs: results.map(([name, , dims]) => float(name, dims)),
  });
  return { bytes, learned, statistics };
}

/** Makes a vector's parts values of their own, by their names. */
function unpack(writer: NodeWriter, vector: string, layout: VectorLayout): void {
  const sizes = writer.integers(layout.map(([, shape]) => elementCount(shape)));
  const parts = writer.emitAll('Split', [vector, sizes], [integer('axis', 0)], layout.length);
  for (const [index, [name, shape]] of layout.entries())
    writer.emitAs(name, 'Reshape', [parts[index]!, writer.integers(shape)]);
}

function pack(writer: NodeWriter, values: ReadonlyMap<string, string>, layout: VectorLayout): string {
  const flat = layout.map(([name]) => reshape(writer, values.get(name)!, [-1]));
  return writer.emit('Concat', flat, [integer('axis', 0)]);
}

function running(writer: NodeWriter, batch: ReadonlyMap<string, string>, layout: VectorLayout): string {
  const change = writer.emit('Sub', [pack(writer, batch, layout), STEP_INPUTS.statistics]);
  const share = writer.emit('Mul', [change, writer.floats([STATISTICS_MOMENTUM])]);
  return writer.emit('Add', [STEP_INPUTS.statistics, share]);
}
