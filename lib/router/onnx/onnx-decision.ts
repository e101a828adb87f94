import type { CriterionName } from '../../exits/criteria.js';
import { averagesOutputs, type Scoring } from '../../exits/scoring.js';
import type { OnnxNode, OnnxTensor } from '../../onnx/encode-onnx.js';
import { integer, integers } from '../../onnx/encode-onnx.js';
import { NodeWriter } from '../../onnx/node-writer.js';
import { DATA_TYPE } from '../../onnx/onnx-proto.js';

/** Names of what an exit leaves behind for the next one, of `ExitHistory`'s three what the scoring needs. */
export interface DecisionHistory {
  /** With averaging: float64, images × classes. */
  readonly averaged?: string;
  /** With patience: int64, images, the predicted class. */
  readonly prediction?: string;
  /** With patience: float64, images, exits in a row that predicted it. */
  readonly agreeing?: string;
}

/** An exit's decision about some images in ONNX's operators. */
export interface OnnxDecision {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  /** Name of the truth values, images: whether an image stays. */
  readonly stays: string;
  /** Name of the logits as they count, float64, images × classes. */
  readonly scores: string;
  readonly history: DecisionHistory;
}

/** An exit as its decision needs it. */
export interface DecidingExit {
  /** Name of the head's logits, float32, images × classes. */
  readonly logits: string;
  readonly classes: number;
  readonly threshold: number;
  readonly temperature: number;
}

/**
 * What `scoreExit` computes, as ONNX nodes in float64, so that a file decides as cascade does.
 *
 * @param prefix put before all names.
 * @param before what the exit before left behind; undefined for the first.
 */
export function onnxDecision(
  { logits, classes, threshold, temperature }: DecidingExit,
  scoring: Scoring,
  prefix: string,
  before: DecisionHistory | undefined,
): OnnxDecision {
  const writer = new NodeWriter(prefix);
  const precise = inDoubles(writer, logits);
  const scaled = temperature === 1 ? precise : writer.emit('Div', [precise, writer.doubles([temperature])]);
  const averages = averagesOutputs(scoring);
  const scores = averages ? averaged(writer, scaled, scoring.averaging, before) : scaled;
  const { criterion, top } = scoring;
  const patience = criterion === 'patience' ? agreement(writer, scores, before) : undefined;
  const confidence =
    criterion === 'patience' ? patience!.agreeing : confidenceOf(writer, scores, criterion, { top, classes });
  const stays = writer.emit('Less', [confidence, writer.doubles([threshold])]);
  return {
    nodes: writer.nodes,
    initializers: writer.initializers,
    stays,
    scores,
    history: { ...(averages ? { averaged: scores } : {}), ...patience },
  };
}

/**
 * What `scoreLast` computes, as ONNX nodes: the logits of the full network as they count.
 *
 * @param logits name of the full network's, float32, images × classes.
 * @param before what the last exit left behind; undefined where there is none.
 * @returns name of float64, images × classes.
 */
export function onnxLastScores(
  writer: NodeWriter,
  logits: string,
  { lastAveraging = 0 }: Scoring,
  before: DecisionHistory | undefined,
): string {
  const scores = inDoubles(writer, logits);
  return lastAveraging === 0 || before === undefined
    ? scores
    : averaged(writer, scores, lastAveraging, before);
}

function inDoubles(writer: NodeWriter, logits: string): string {
  return writer.emit('Cast', [logits], [integer('to', DATA_TYPE.float64)]);
}

function averaged(
  writer: NodeWriter,
  scores: string,
  weight: number,
  before: DecisionHistory | undefined,
): string {
  const { largest, sum } = softmaxTerms(writer, scores);
  const normalizer = writer.emit('Add', [largest, writer.emit('Log', [sum])]);
  const logProbabilities = writer.emit('Sub', [scores, normalizer]);
  if (before?.averaged === undefined || weight === 0) return logProbabilities;
  return writer.emit('Add', [
    logProbabilities,
    writer.emit('Mul', [before.averaged, writer.doubles([weight])]),
  ]);
}

function agreement(writer: NodeWriter, scores: string, before: DecisionHistory | undefined) {
  const prediction = writer.emit('ArgMax', [scores], [integer('axis', 1), integer('keepdims', 0)]);
  const one = writer.doubles([1]);
  if (before?.prediction === undefined || before.agreeing === undefined)
    return {
      prediction,
      agreeing: writer.oncePerElement(writer.emit('Equal', [prediction, prediction]), one),
    };
  const isSame = writer.emit('Equal', [prediction, before.prediction]);
  const agreeing = writer.emit('Where', [isSame, writer.emit('Add', [before.agreeing, one]), one]);
  return { prediction, agreeing };
}

/** How many classes there are, and how many of the likeliest count as the prediction. */
interface Classes {
  readonly top: number;
  readonly classes: number;
}

/** Float64, images. The formulas are those of `lib/exits/criteria`. */
function confidenceOf(
  writer: NodeWriter,
  scores: string,
  criterion: Exclude<CriterionName, 'patience'>,
  of: Classes,
): string {
  if (criterion === 'softmax' || criterion === 'temperature') {
    const probabilities = writer.emit('Softmax', [scores], [integer('axis', 1)]);
    return writer.emit('ReduceMax', [probabilities], [integers('axes', [1]), integer('keepdims', 0)]);
  }
  return writer.emit('Squeeze', [confidenceColumn(writer, scores, criterion, of), writer.integers([1])]);
}

/** The measures of confidence that take more than a softmax; float64, images × 1. */
function confidenceColumn(
  writer: NodeWriter,
  scores: string,
  criterion: Exclude<CriterionName, 'patience' | 'softmax' | 'temperature'>,
  { top, classes }: Classes,
): string {
  const { largest, distances, terms, sum } = softmaxTerms(writer, scores);
  switch (criterion) {
    case 'entropy': {
      const shares = writer.emit('Div', [writer.emit('Mul', [terms, distances]), sum]);
      const entropy = writer.emit('Sub', [writer.emit('Log', [sum]), writer.sum(shares)]);
      const relative = writer.emit('Div', [entropy, writer.doubles([Math.log(classes)])]);
      return writer.emit('Sub', [writer.doubles([1]), relative]);
    }
    case 'margin': {
      const [first, second] = writer.split(writer.largest(terms, 2));
      return writer.emit('Div', [writer.emit('Sub', [first, second]), sum]);
    }
    case 'top-k':
      return writer.emit('Div', [writer.sum(writer.largest(terms, top)), sum]);
    case 'energy':
      return writer.emit('Add', [largest, writer.emit('Log', [sum])]);
  }
}

/** Exponentials of the distances from the largest, which nothing overflows, and their sum. */
function softmaxTerms(writer: NodeWriter, scores: string) {
  const largest = writer.emit('ReduceMax', [scores], [integers('axes', [1])]);
  const distances = writer.emit('Sub', [scores, largest]);
  const terms = writer.emit('Exp', [distances]);
  return { largest, distances, terms, sum: writer.sum(terms) };
}
