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
}

/** Names of the outputs of the file. */
export const SINGLE_OUTPUTS = ['segment', 'prediction', 'probability', 'scores'] as const;

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
  const { classes, rule, images } = options;
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
      const best = writer.emit('ArgMax', [scores], [integer('axis', 1), integer('keepdims', 0)]);
      const here = writer.oncePerElement(writer.emit('Equal', [best, best]), writer.integers([position]));
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
    const here = writer.oncePerElement(decision.stays, writer.integers([position]));
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
  return encodeOnnx(withAnswer(endingFrom(0, entry.name, undefined), entry, batch, classes));
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

function withAnswer(
  { nodes, initializers, scores, segment }: Ending,
  input: OnnxValue,
  batch: 1 | 'N',
  classes: number,
): OnnxGraph {
  const writer = new NodeWriter('answer/');
  const probabilities = writer.emit('Softmax', [scores], [integer('axis', 1)]);
  const named = (
    opType: string,
    input: readonly string[],
    name: (typeof SINGLE_OUTPUTS)[number],
    attribute: OnnxNode['attribute'] = [],
  ): OnnxNode => ({ opType, name, input, output: [name], attribute });
  const vector = (name: string, elementType: number): OnnxValue => ({
    name,
    elementType,
    dimensions: [batch],
  });
  return {
    nodes: [
      ...nodes,
      ...writer.nodes,
      named('Identity', [segment], 'segment'),
      named('ArgMax', [scores], 'prediction', [integer('axis', 1), integer('keepdims', 0)]),
      named('ReduceMax', [probabilities], 'probability', [integers('axes', [1]), integer('keepdims', 0)]),
      named('Cast', [scores], 'scores', [integer('to', DATA_TYPE.float32)]),
    ],
    initializers: [...initializers, ...writer.initializers],
    inputs: [input],
    outputs: [
      vector('segment', DATA_TYPE.int64),
      vector('prediction', DATA_TYPE.int64),
      vector('probability', DATA_TYPE.float64),
      { name: 'scores', elementType: DATA_TYPE.float32, dimensions: [batch, classes] },
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
      { name: segment, elementType: DATA_TYPE.int64, dimensions: ['N'] },
    ],
  };
}
