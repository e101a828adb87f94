import { softmaxMaximum } from '../exits/criteria/softmax-maximum.js';
import { ExitHistory, scoreExit, scoreLast } from '../exits/score-exit.js';
import { argmax } from '../stats/argmax.js';
import { checkDescription } from './check-description.js';
import type { ExportDescription } from './export-description.js';

// Copied into every export for TensorFlow.js: whatever this file imports must run in a browser.

/** What a graph model gives and takes, as far as it is used here: TensorFlow.js's own tensors fit. */
export interface ModelTensor {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}

/** A segment that TensorFlow.js has loaded (`tf.GraphModel`). */
export interface SegmentModel<T extends ModelTensor> {
  execute(inputs: Record<string, T>, outputs: string[]): T | T[];
  dispose(): void;
}

/** What an exported cascade says about an image. */
export interface ExportedAnswer {
  /** Number of the class, from 0. */
  readonly label: number;
  readonly className: string;
  /** Softmax of what counted for the decision, at that class; a fraction. */
  readonly probability: number;
  /** Position of the segment at whose end the image left. */
  readonly segment: number;
  /** Residual block after which it left; null at the end of a network. */
  readonly block: number | null;
  /** Where it left, in words: `block 2`, `full network`. */
  readonly leftAt: string;
  /** Multiply-accumulates that it cost, every visited head billed. */
  readonly macs: number;
}

/** An exported cascade, ready to classify one image after another. */
export interface ExportedCascade<T extends ModelTensor> {
  readonly description: ExportDescription;
  /** @param image `[1, height, width, channels]`, pixels 0 … 255 as int32; it stays the caller's. */
  classify(image: T): Promise<ExportedAnswer>;
  dispose(): void;
}

/**
 * Loads the segments of an export for TensorFlow.js.
 *
 * @param description content of the export's `export.json`.
 * @param loadModel of a `model.json` named relative to the export's folder: `(file) => tf.loadGraphModel(url + file)`.
 * @throws CascadeError if the description is damaged.
 */
export async function loadExportedCascade<T extends ModelTensor>(
  description: ExportDescription,
  loadModel: (file: string) => Promise<SegmentModel<T>>,
): Promise<ExportedCascade<T>> {
  checkDescription(description);
  const { classes, class_names: names, segments } = description;
  const models = await Promise.all(segments.map(({ file }) => loadModel(file)));
  const scoring = {
    criterion: description.criterion,
    top: description.top,
    averaging: description.averaging,
    lastAveraging: description.last_averaging ?? 0,
    temperatures: segments.map(({ temperature }) => temperature),
  };

  const classify = async (image: T): Promise<ExportedAnswer> => {
    const history = new ExitHistory(1, classes);
    let input = image;
    for (const [position, segment] of segments.entries()) {
      const wanted = segment.features === null ? [segment.logits] : [segment.logits, segment.features];
      const outputs = models[position]!.execute({ [segment.input]: input }, wanted);
      if (input !== image) input.dispose();
      const [logitsTensor, features] = Array.isArray(outputs) ? outputs : [outputs];
      const logits = Float32Array.from(await logitsTensor!.data());
      logitsTensor!.dispose();
      if (segment.threshold === null) return answer(position, scoreLast(scoring, logits, history, [0]));
      const scores = scoreExit(scoring, logits, position, history, [0]);
      if (scores.confidence[0]! >= segment.threshold) {
        features?.dispose();
        return answer(position, scores.outputs);
      }
      // Where there are none, the next network of a chain begins with the image.
      input = features ?? image;
    }
    throw new Error('the last segment lets every image leave');
  };

  const answer = (position: number, scores: ArrayLike<number>): ExportedAnswer => {
    const { block, left_at: leftAt, macs } = segments[position]!;
    const label = argmax(scores, 0, classes);
    const probability = softmaxMaximum({ logits: scores, start: 0, classes, top: 1, agreeing: 1 });
    return { label, className: names[label]!, probability, segment: position, block, leftAt, macs };
  };

  return {
    description,
    classify,
    dispose: () => {
      for (const model of models) model.dispose();
    },
  };
}
