import type { OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from '../../engine/onnxruntime/encode-onnx.js';
import { branch, encodeOnnx, integer } from '../../engine/onnxruntime/encode-onnx.js';
import { onnxGraph } from '../../engine/onnxruntime/write-onnx.js';
import type { Scoring } from '../../exits/scoring.js';
import { type Thresholds, toleratingRounding } from '../../exits/thresholds.js';
import { withShortcutConvolutions } from '../../network/shortcut-convolutions.js';
import { DATA_TYPE } from '../../weights/onnx/onnx-proto.js';
import type { CascadeSegment } from '../cascade-segments.js';
import { NodeWriter } from './node-writer.js';
import { type DecisionHistory, type OnnxDecision, onnxDecision, softmaxTerms } from './onnx-decision.js';

export interface SingleOnnxOptions {
  readonly classes: number;
  readonly scoring: Scoring;
  readonly thresholds: Thresholds;
}

/** Names of the outputs of the file. */
export const SINGLE_OUTPUTS = ['segment', 'prediction', 'probability', 'scores'] as const;

/** Nodes that end in what images leave with. */
interface Ending {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  /** Name of the scores, float64, images × classes. */
  readonly scores: string;
  /** Name of the positions of the segments where they leave, int64, images × 1. */
  readonly segment: string;
}

/**
 * A whole cascade as one `.onnx` file. Behind each exit stands an `If`: where all images leave, the rest of the network is not run at
 * all; otherwise only the images that stay go on, and what comes of them is put back into their places.
 *
 * Input: pixels, uint8, images × channels × rows × columns. Outputs: `segment` (int64, images: where each left), `prediction` (int64,
 * images), `probability` (float64, images: softmax of the scores at the prediction), `scores` (float32, images × classes: the logits
 * as they count).
 */
export function singleOnnx(segments: readonly CascadeSegment[], options: SingleOnnxOptions): Uint8Array {
  const { classes, scoring, thresholds } = options;

  const endingFrom = (position: number, before: DecisionHistory | undefined): Ending => {
    const { logits, exit, features } = segments[position]!;
    const { nodes, initializers } = segmentGraph(segments[position]!, position);
    const prefix = `decision-${position}/`;
    if (exit === undefined || features === undefined) {
      const writer = new NodeWriter(prefix);
      const scores = writer.emit('Cast', [logits], [integer('to', DATA_TYPE.float64)]);
      return joined([{ nodes, initializers }, writer], scores, positionOf(writer, scores, position));
    }
    const temperature = scoring.temperatures?.[exit] ?? 1;
    const deciding = { logits, classes, threshold: toleratingRounding(thresholds[exit]!), temperature };
    const decision = onnxDecision(deciding, scoring, prefix, before);
    const writer = new NodeWriter(`${prefix}choice/`);
    const here = positionOf(writer, decision.scores, position);
    const stays = writer.emit('Not', [decision.leaves]);
    const someStay = writer.emit('ReduceMax', [
      writer.emit('Cast', [stays], [integer('to', DATA_TYPE.int32)]),
    ]);
    const isRestNeeded = writer.emit('Cast', [someStay], [integer('to', DATA_TYPE.boolean)]);
    const rest = stayingBranch(prefix, decision, features, stays, here, (history) =>
      endingFrom(position + 1, history),
    );
    const [scores, segment] = [`${prefix}scores`, `${prefix}segment`];
    const choice: OnnxNode = {
      opType: 'If',
      name: `${prefix}if`,
      input: [isRestNeeded],
      output: [scores, segment],
      attribute: [
        branch('then_branch', branchGraph(rest, classes)),
        branch('else_branch', branchGraph(leavingBranch(prefix, decision.scores, here), classes)),
      ],
    };
    const parts = [{ nodes, initializers }, decision, writer, { nodes: [choice], initializers: [] }];
    return joined(parts, scores, segment);
  };

  return encodeOnnx(withAnswer(endingFrom(0, undefined), segmentGraph(segments[0]!, 0).inputs, classes));
}

function segmentGraph({ network, logits, features }: CascadeSegment, position: number): OnnxGraph {
  return onnxGraph(withShortcutConvolutions(network), {
    outputs: features === undefined ? [logits] : [logits, features],
    inputType: position === 0 ? 'uint8' : 'float32',
  });
}

/** Only the images that stay go on, under the name by which the next segment knows its input. */
function stayingBranch(
  prefix: string,
  { scores, history }: OnnxDecision,
  features: string,
  stays: string,
  here: string,
  rest: (history: DecisionHistory) => Ending,
): Ending {
  const before = new NodeWriter(`${prefix}stay/`);
  const rows = before.emit('NonZero', [before.emit('Squeeze', [stays, before.integers([1])])]);
  const indices = before.emit('Squeeze', [rows, before.integers([0])]);
  const of = (value: string): string => before.emit('Gather', [value, indices], [integer('axis', 0)]);
  const kept = Object.fromEntries(Object.entries(history).map(([key, value]) => [key, of(value)]));
  const gathered = of(features);
  const ending = rest(kept);
  const after = new NodeWriter(`${prefix}join/`);
  const places = after.emit('Unsqueeze', [indices, after.integers([1])]);
  const allScores = after.emit('ScatterND', [scores, places, ending.scores]);
  const allSegments = after.emit('ScatterND', [here, places, ending.segment]);
  const renamed = ending.nodes.map((node) => ({
    ...node,
    input: node.input.map((name) => (name === features ? gathered : name)),
  }));
  const parts = [before, { nodes: renamed, initializers: ending.initializers }, after];
  return joined(parts, allScores, allSegments);
}

function leavingBranch(prefix: string, scores: string, here: string): Ending {
  const writer = new NodeWriter(`${prefix}leave/`);
  return joined([writer], writer.emit('Identity', [scores]), writer.emit('Identity', [here]));
}

/** The position of a segment, once an image. */
function positionOf(writer: NodeWriter, scores: string, position: number): string {
  const rows = writer.emit('ArgMax', [scores], [integer('axis', 1)]);
  return writer.oncePerRow(rows, writer.integers([position]));
}

function withAnswer(
  { nodes, initializers, scores, segment }: Ending,
  inputs: readonly OnnxValue[],
  classes: number,
): OnnxGraph {
  const writer = new NodeWriter('answer/');
  const flat = writer.integers([-1]);
  const { sum } = softmaxTerms(writer, scores);
  const probability = writer.emit('Div', [writer.doubles([1]), writer.emit('Reshape', [sum, flat])]);
  const named = (
    opType: string,
    input: readonly string[],
    name: (typeof SINGLE_OUTPUTS)[number],
    attribute: OnnxNode['attribute'] = [],
  ): OnnxNode => ({ opType, name, input, output: [name], attribute });
  const vector = (name: string, elementType: number): OnnxValue => ({
    name,
    elementType,
    dimensions: ['N'],
  });
  return {
    nodes: [
      ...nodes,
      ...writer.nodes,
      named('Reshape', [segment, flat], 'segment'),
      named('ArgMax', [scores], 'prediction', [integer('axis', 1), integer('keepdims', 0)]),
      named('Identity', [probability], 'probability'),
      named('Cast', [scores], 'scores', [integer('to', DATA_TYPE.float32)]),
    ],
    initializers: [...initializers, ...writer.initializers],
    inputs,
    outputs: [
      vector('segment', DATA_TYPE.int64),
      vector('prediction', DATA_TYPE.int64),
      vector('probability', DATA_TYPE.float64),
      { name: 'scores', elementType: DATA_TYPE.float32, dimensions: ['N', classes] },
    ],
  };
}

type Part = Pick<Ending, 'nodes' | 'initializers'>;

function joined(parts: readonly Part[], scores: string, segment: string): Ending {
  return {
    nodes: parts.flatMap(({ nodes }) => nodes),
    initializers: parts.flatMap(({ initializers }) => initializers),
    scores,
    segment,
  };
}

function branchGraph({ nodes, initializers, scores, segment }: Ending, classes: number): OnnxGraph {
  return {
    nodes,
    initializers,
    inputs: [],
    outputs: [
      { name: scores, elementType: DATA_TYPE.float64, dimensions: ['N', classes] },
      { name: segment, elementType: DATA_TYPE.int64, dimensions: ['N', 1] },
    ],
  };
}
