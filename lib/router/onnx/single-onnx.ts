import { onnxGraph } from '../../engine/onnxruntime/write-onnx.js';
import { type DecisionRule, runningThreshold } from '../../exits/decision-rule.js';
import { temperatureOf } from '../../exits/score-exit.js';
import { forBlockedLayout } from '../../network/blocked-layout.js';
import { type Network, reading } from '../../network/graph.js';
import type { OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from '../../onnx/encode-onnx.js';
import { branch, encodeOnnx, integer, integers } from '../../onnx/encode-onnx.js';
import { NodeWriter } from '../../onnx/node-writer.js';
import { DATA_TYPE } from '../../onnx/onnx-proto.js';
import type { CascadeSegment } from '../cascade-segments.js';
import { type ImageFlow, manyImages, oneImage } from './image-flow.js';
import { type DecisionHistory, onnxDecision, onnxLastScores } from './onnx-decision.js';

export interface SingleOnnxOptions {
  readonly classes: number;
  readonly rule: DecisionRule;
  /** `one`: for one image at a time, which has least to do besides the network; `many`: for any number. */
  readonly images: 'one' | 'many';
  /** Whether the file says what images were taken for; whoever asks for the scores alone works that out in less time. */
  readonly isAnswered: boolean;
}

/** Names of the outputs of a file that does not answer: the first as below, the second in float64. */
export const SCORE_OUTPUTS = ['segment', 'scores'] as const;

/** Names of the outputs of a file that answers. */
const ANSWER_OUTPUTS = ['segment', 'prediction', 'probability', 'scores'] as const;

/** Nodes that end in what images leave with. */
interface Ending {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  /** Name of the scores, float64, images × classes. */
  readonly scores: string;
  /** Name of the positions of the segments where they leave, int64, images. */
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
  const { classes, rule, images, isAnswered } = options;
  const { scoring } = rule;
  const flow: ImageFlow = images === 'one' ? oneImage : manyImages;
  const networks = segments.map(segmentGraph);

  /** @param pixels name of the images that come to this segment. */
  const endingFrom = (position: number, pixels: string, before: DecisionHistory | undefined): Ending => {
    const { logits, exit, features, takesPixels } = segments[position]!;
    const network = takesPixels
      ? readingFrom(networks[position]!, networks[position]!.inputs[0]!.name, pixels)
      : networks[position]!;
    const prefix = `decision-${position}/`;
    const writer = new NodeWriter(prefix);
    if (exit === undefined) {
      const scores = onnxLastScores(writer, logits, scoring, before);
      const here = flow.oncePerImage(writer, () => truePerImage(writer, scores), position);
      return joined([network, writer], scores, here);
    }
    const temperature = temperatureOf(scoring, exit);
    const threshold = runningThreshold(rule, exit);
    const decision = onnxDecision(
      { logits, classes, threshold, temperature },
      scoring,
      `${prefix}exit/`,
      before,
    );
    const here = flow.oncePerImage(writer, () => decision.stays, position);
    const outputs = [`${prefix}scores`, `${prefix}segment`] as const;
    const staying = new NodeWriter(`${prefix}stay/`);
    const kept = (value: string): string => flow.keep(staying, value, decision.stays);
    const history = Object.fromEntries(
      Object.entries(decision.history).map(([name, value]) => [name, kept(value)]),
    );
    // The pixels come along as long as a later network of a chain begins with them.
    const isLaterTaken = segments.slice(position + 1).some((later) => later.takesPixels);
    const keptPixels = isLaterTaken ? kept(pixels) : pixels;
    const next = (): Ending => endingFrom(position + 1, keptPixels, history);
    const rest = features === undefined ? next() : readingFrom(next(), features, kept(features));
    const joining = new NodeWriter(`${prefix}join/`);
    const [scores, segment] = flow.putBack(joining, decision.stays, [
      [decision.scores, rest.scores],
      [here, rest.segment],
    ]);
    const stayed = joined([staying, rest, joining], scores!, segment!);
    const choice: OnnxNode = {
      opType: 'If',
      name: `${prefix}if`,
      input: [flow.isAny(writer, decision.stays)],
      output: outputs,
      attribute: [
        branch('then_branch', branchGraph(stayed, classes)),
        branch('else_branch', branchGraph(leavingBranch(prefix, decision.scores, here), classes)),
      ],
    };
    return joined([network, decision, writer, { nodes: [choice], initializers: [] }], ...outputs);
  };

  const [input] = networks[0]!.inputs;
  const batch = images === 'one' ? 1 : 'N';
  const entry = { ...input!, dimensions: [batch, ...input!.dimensions.slice(1)] } as const;
  const outputs = isAnswered ? answer : scoresAlone;
  return encodeOnnx(outputs(endingFrom(0, entry.name, undefined), entry, batch, classes));
}

/** A truth value an image, whatever its scores. */
function truePerImage(writer: NodeWriter, scores: string): string {
  const best = writer.emit('ArgMax', [scores], [integer('axis', 1), integer('keepdims', 0)]);
  return writer.emit('Equal', [best, best]);
}

/** A segment as ONNX; what takes pixels calls them by a name of its own, since a name may stand for one thing only in all branches. */
function segmentGraph({ network, outputs, takesPixels }: CascadeSegment, position: number): OnnxGraph {
  const named =
    takesPixels && position > 0 ? withInputNamed(network, `decision-${position}/pixels`) : network;
  return onnxGraph(forBlockedLayout(named), { outputs, inputType: takesPixels ? 'uint8' : 'float32' });
}

function withInputNamed({ graph, parameters }: Network, name: string): Network {
  const nodes = graph.nodes.map((node) => reading(node, graph.input, name));
  return { graph: { ...graph, input: name, nodes }, parameters };
}

function readingFrom<Part extends Pick<Ending, 'nodes'>>(part: Part, from: string, to: string): Part {
  if (from === to) return part;
  const nodes = part.nodes.map((node) => ({
    ...node,
    input: node.input.map((name) => (name === from ? to : name)),
  }));
  return { ...part, nodes };
}

function leavingBranch(prefix: string, scores: string, here: string): Ending {
  const writer = new NodeWriter(`${prefix}leave/`);
  return joined([writer], writer.emit('Identity', [scores]), writer.emit('Identity', [here]));
}

function answer(ending: Ending, input: OnnxValue, batch: 1 | 'N', classes: number): OnnxGraph {
  const { scores, segment } = ending;
  const writer = new NodeWriter('answer/');
  const probabilities = writer.emit('Softmax', [scores], [integer('axis', 1)]);
  const nodes = [
    ...writer.nodes,
    named<AnswerOutput>('Identity', [segment], 'segment'),
    named<AnswerOutput>('ArgMax', [scores], 'prediction', [integer('axis', 1), integer('keepdims', 0)]),
    named<AnswerOutput>('ReduceMax', [probabilities], 'probability', [
      integers('axes', [1]),
      integer('keepdims', 0),
    ]),
    named<AnswerOutput>('Cast', [scores], 'scores', [integer('to', DATA_TYPE.float32)]),
  ];
  return withOutputs(ending, nodes, input, [
    { name: 'segment', elementType: DATA_TYPE.int64, dimensions: [batch] },
    { name: 'prediction', elementType: DATA_TYPE.int64, dimensions: [batch] },
    { name: 'probability', elementType: DATA_TYPE.float64, dimensions: [batch] },
    { name: 'scores', elementType: DATA_TYPE.float32, dimensions: [batch, classes] },
  ]);
}

type AnswerOutput = (typeof ANSWER_OUTPUTS)[number];

function scoresAlone(ending: Ending, input: OnnxValue, batch: 1 | 'N', classes: number): OnnxGraph {
  const nodes = [
    named<ScoreOutput>('Identity', [ending.segment], 'segment'),
    named<ScoreOutput>('Identity', [ending.scores], 'scores'),
  ];
  return withOutputs(ending, nodes, input, [
    { name: 'segment', elementType: DATA_TYPE.int64, dimensions: [batch] },
    { name: 'scores', elementType: DATA_TYPE.float64, dimensions: [batch, classes] },
  ]);
}

type ScoreOutput = (typeof SCORE_OUTPUTS)[number];

/** A node that makes an output of the file. */
function named<Output extends string>(
  opType: string,
  input: readonly string[],
  name: Output,
  attribute: OnnxNode['attribute'] = [],
): OnnxNode {
  return { opType, name, input, output: [name], attribute };
}

function withOutputs(
  { nodes, initializers }: Part,
  last: readonly OnnxNode[],
  input: OnnxValue,
  outputs: readonly OnnxValue[],
): OnnxGraph {
  return { nodes: [...nodes, ...last], initializers, inputs: [input], outputs };
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
      { name: segment, elementType: DATA_TYPE.int64, dimensions: ['N'] },
    ],
  };
}
