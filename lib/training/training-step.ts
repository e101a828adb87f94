import type { Engine } from '../engine/engine.js';
import { CascadeError } from '../errors.js';
import type { Graph } from '../network/graph.js';
import { STEP_INPUTS, STEP_OUTPUTS, type StepGraphOptions, stepGraph } from './step-graph.js';
import type { VectorLayout } from './vector-layout.js';

/** A network while it is fitted: all that a step changes, as vectors. */
export interface TrainingState {
  readonly parameters: Float32Array;
  readonly velocity: Float32Array;
  readonly statistics: Float32Array;
}

/** What one step learns from. */
export interface TrainingBatch {
  /** Pixels 0 … 255, channel-first, one image after another. */
  readonly images: Uint8Array;
  /** The class of each. */
  readonly labels: ArrayLike<number>;
  /** The teacher's logits of each, with distillation. */
  readonly teacher?: Float32Array;
}

/** Steps of fitting one network, ready to run. */
export interface TrainingStep {
  /** What is in the vectors of parameters and velocities. */
  readonly learned: VectorLayout;
  /** What is in the vector of running statistics. */
  readonly statistics: VectorLayout;
  /** @returns the state after the step, in arrays of its own, and the loss before it, in nats. */
  run(
    state: TrainingState,
    batch: TrainingBatch,
    learningRate: number,
  ): Promise<{ readonly state: TrainingState; readonly loss: number }>;
  dispose(): Promise<void>;
}

const NOTHING = new Float32Array(0);

/**
 * How an engine makes training steps ready to run.
 *
 * @throws CascadeError if it cannot.
 */
export function loadingSteps({ name, loadStep }: Engine): NonNullable<Engine['loadStep']> {
  if (loadStep !== undefined) return loadStep;
  throw new CascadeError(
    `The engine ${name} fits no whole networks; install onnxruntime-node and take --engine onnxruntime.`,
  );
}

/**
 * Makes an engine ready to fit a network.
 *
 * @throws CascadeError if the engine cannot, or the network has a node without a gradient.
 */
export async function openTrainingStep(
  graph: Graph,
  engine: Engine,
  options: StepGraphOptions,
): Promise<TrainingStep> {
  const { bytes, learned, statistics } = stepGraph(graph, options);
  const program = await loadingSteps(engine)(bytes);
  const { batchSize, distillation } = options;
  const vector = (data: Float32Array) => ({ type: 'float32', data, shape: [data.length] }) as const;
  return {
    learned,
    statistics,
    async run(state, { images, labels, teacher = NOTHING }, learningRate) {
      const results = await program.run({
        [STEP_INPUTS.images]: { type: 'uint8', data: images, shape: [batchSize, ...graph.inputShape] },
        [STEP_INPUTS.labels]: {
          type: 'int64',
          data: BigInt64Array.from(Array.from(labels), BigInt),
          shape: [batchSize],
        },
        ...(distillation !== undefined && {
          [STEP_INPUTS.teacher]: {
            type: 'float32',
            data: teacher,
            shape: [batchSize, teacher.length / batchSize],
          } as const,
        }),
        [STEP_INPUTS.learningRate]: { type: 'float32', data: Float32Array.of(learningRate), shape: [] },
        [STEP_INPUTS.parameters]: vector(state.parameters),
        [STEP_INPUTS.velocity]: vector(state.velocity),
        ...(statistics.length > 0 && { [STEP_INPUTS.statistics]: vector(state.statistics) }),
      });
      return {
        loss: results[STEP_OUTPUTS.loss]![0]!,
        state: {
          parameters: results[STEP_OUTPUTS.parameters]!,
          velocity: results[STEP_OUTPUTS.velocity]!,
          statistics: results[STEP_OUTPUTS.statistics] ?? NOTHING,
        },
      };
    },
    dispose: () => program.dispose(),
  };
}
