import { type DecisionRule, replayRule } from '../../exits/decision-rule.js';
import { exitSummary } from '../../exits/exit-summary.js';
import { predictedClasses } from '../../exits/predicted-classes.js';
import { judgedOutputs, type RecordedOutputs } from '../../exits/recorded-outputs.js';
import { enabledExits } from '../../exits/thresholds.js';

/** What a cascade and the full network by itself say of an image. */
export interface AnsweredImage {
  /** Its number in the split. */
  readonly image: number;
  readonly label: number;
  /** Where it leaves; the number of exits stands for the full network. */
  readonly exit: number;
  /** Confidence of the exit in its answer; the softmax maximum of the full network. */
  readonly confidence: number;
  /** The classes that count as the cascade's answer: one, or the k likeliest. */
  readonly cascade: readonly number[];
  readonly full: readonly number[];
}

/** Some of the images that leave at one exit, from easy to hard. */
export interface ExitExamples {
  readonly exit: number;
  readonly images: number;
  readonly examples: readonly AnsweredImage[];
}

/** Images that show what a cascade does. */
export interface ShownImages {
  /** One an exit where images leave, the full network last. */
  readonly byExit: readonly ExitExamples[];
  /** How many images the full network has right and the cascade wrong, and the first of them. */
  readonly broken: SomeImages;
  /** The other way round. */
  readonly repaired: SomeImages;
}

export interface SomeImages {
  readonly all: number;
  readonly shown: readonly AnsweredImage[];
}

/** What is said of every image. */
export function answeredImages(outputs: RecordedOutputs, rule: DecisionRule): readonly AnsweredImage[] {
  const { classes, labels, fullLogits, exitLogits } = outputs;
  const { scoring, thresholds } = rule;
  const { top } = scoring;
  const { leftAt } = replayRule(outputs, rule);
  const answered = (values: ArrayLike<number>): Uint16Array => predictedClasses(values, classes, top);
  const judged = judgedOutputs(outputs, scoring, enabledExits(thresholds), answered);
  const last = judged.last ?? judged.full;
  const fullConfidence = exitSummary(fullLogits, classes).confidence;
  const of = (answers: Uint16Array, image: number): readonly number[] => [
    ...answers.subarray(image * top, (image + 1) * top),
  ];
  return Array.from(leftAt, (exit, image) => {
    const left = exit === exitLogits.length ? null : judged.exits[exit]!;
    return {
      ...{ image, label: labels[image]!, exit },
      confidence: (left?.confidence ?? fullConfidence)[image]!,
      cascade: of(left?.judgement ?? last, image),
      full: of(judged.full, image),
    };
  });
}

/**
 * Images to show.
 *
 * @param exits of the cascade, without the full network.
 * @param eachExit images of every exit, at most.
 * @param most images that are broken, and as many that are repaired, at most.
 */
export function shownImages(
  answered: readonly AnsweredImage[],
  exits: number,
  eachExit: number,
  most: number,
): ShownImages {
  const byExit = Array.from({ length: exits + 1 }, (_, exit) => {
    const left = answered.filter((image) => image.exit === exit);
    const fromEasy = left.sort((a, b) => b.confidence - a.confidence || a.image - b.image);
    return { exit, images: left.length, examples: evenly(fromEasy, eachExit) };
  });
  const changed = (isRightNow: boolean): SomeImages => {
    const all = answered.filter(
      ({ label, cascade, full }) =>
        cascade.includes(label) === isRightNow && full.includes(label) !== isRightNow,
    );
    return { all: all.length, shown: all.slice(0, most) };
  };
  return {
    byExit: byExit.filter(({ images }) => images > 0),
    broken: changed(false),
    repaired: changed(true),
  };
}

/** Numbers of all images that are shown, some of them more than once. */
export function imagesOf({ byExit, broken, repaired }: ShownImages): readonly number[] {
  const all = [...byExit.flatMap(({ examples }) => examples), ...broken.shown, ...repaired.shown];
  return all.map(({ image }) => image);
}

/** So many of some things at equal distances, the first and the last among them. */
function evenly<Thing>(things: readonly Thing[], most: number): readonly Thing[] {
  if (things.length <= most) return things;
  return Array.from(
    { length: most },
    (_, place) => things[Math.round((place * (things.length - 1)) / Math.max(1, most - 1))]!,
  );
}
