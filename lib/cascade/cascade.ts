import { loadNetwork } from '../artifact/attached-network.js';
import { chosenCalibration } from '../artifact/chosen-calibration.js';
import { loadManifest } from '../artifact/manifest.js';
import { openEngine } from '../engine/open-engine.js';
import { batchSizeFor } from '../engine/stream-images.js';
import { usageError } from '../errors.js';
import { type CascadeOptions, checkFiles, checkFolder, checkOptions } from './cascade-options.js';
import type { Answer, Classifier } from './classifier.js';
import { openCheckedClassifier } from './monitor/checked-classifier.js';

export type { CascadeOptions } from './cascade-options.js';
export type { Answer } from './classifier.js';

/**
 * A calibrated cascade, ready to classify with real early exit.
 *
 * @example
 * const cascade = await Cascade.load('demo.cascade', { maxDrop: 0.02 });
 * const [answer] = await cascade.classify(pixels);
 * // { label: 9, className: 'Ankle boot', probability: 0.843, block: 2, leftAt: 'block 2', macs: 11019008 }
 * await cascade.dispose();
 */
export class Cascade {
  readonly classNames: readonly string[];
  /** `[channels, height, width]` of the pixels that `classify` takes. */
  readonly inputShape: readonly [number, number, number];
  readonly #classifier: Classifier;
  readonly #batchSize: number;
  /** Answers of the call that is being worked on, by the number of the image. */
  readonly #answers: Map<number, Answer>;
  /** Calls are worked off one after another. */
  #last: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  private constructor(
    classNames: readonly string[],
    classifier: Classifier,
    answers: Map<number, Answer>,
    batchSize: number,
  ) {
    this.classNames = classNames;
    this.inputShape = classifier.inputShape;
    this.#classifier = classifier;
    this.#answers = answers;
    this.#batchSize = batchSize;
  }

  /**
   * Loads a cascade folder with its active calibration, or another of its own.
   *
   * @throws CascadeError if an option makes no sense, or it is no cascade, damaged, not calibrated, has no calibration of that name, was calibrated without a promise
   * and `maxDrop` asks for another drop, or the monitor is of another.
   */
  static async load(folder: string, options: CascadeOptions = {}): Promise<Cascade> {
    checkFolder(folder);
    const { use, maxDrop, engine, backend, device, monitor, ...others } = checkOptions(options);
    const manifest = await loadManifest(folder);
    const calibration = await chosenCalibration(folder, manifest, { use, maxDrop });
    if (monitor !== undefined && !(await monitor.isOf(folder, maxDrop, use)))
      throw usageError(
        `The monitor of Cascade.load is of another cascade or other thresholds than ${folder}; open it with the same.`,
      );
    const saved = await loadNetwork(folder, manifest);
    const answers = new Map<number, Answer>();
    const { batchSize = batchSizeFor(saved.network.graph.inputShape) } = others;
    const opened = await openEngine(engine, { backend, device });
    const classifier = await openCheckedClassifier(opened, saved, manifest, {
      rule: calibration.rule,
      batchSize,
      checks: monitor,
      onAnswer: (image, answer) => answers.set(image, answer),
    });
    return new Cascade(manifest.class_names, classifier, answers, batchSize);
  }

  /**
   * Classifies images.
   *
   * @param pixels one image after another, 0 … 255, each channels × rows × columns.
   * @returns an answer an image, in their order.
   * @throws CascadeError if the pixels are no bytes or no whole number of images, or the cascade was disposed of.
   */
  classify(pixels: Uint8Array): Promise<readonly Answer[]> {
    const result = this.#last.then(() => this.#classify(pixels));
    this.#last = result.catch(() => {});
    return result;
  }

  /**
   * Classifies image files, scaled to the network's input.
   *
   * @throws CascadeError if one cannot be decoded.
   */
  async classifyFiles(files: readonly string[]): Promise<readonly Answer[]> {
    checkFiles(files);
    const answers: Answer[] = [];
    for (let first = 0; first < files.length; first += this.#batchSize) {
      const part = files.slice(first, first + this.#batchSize);
      const images = await Promise.all(part.map((file) => this.#classifier.decode(file)));
      for (const answer of await this.classify(Buffer.concat(images))) answers.push(answer);
    }
    return answers;
  }

  /** Frees the network, and keeps what the monitor has seen. */
  async dispose(): Promise<void> {
    await this.#last;
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await this.#classifier.dispose();
  }

  async #classify(pixels: Uint8Array): Promise<readonly Answer[]> {
    if (!(pixels instanceof Uint8Array))
      throw usageError('The pixels of classify are no Uint8Array; give one byte a channel and pixel.');
    if (this.#isDisposed) throw usageError('This cascade was disposed of; load it again.');
    const { imageBytes } = this.#classifier;
    const count = pixels.length / imageBytes;
    if (!Number.isInteger(count)) {
      throw usageError(
        `${pixels.length} bytes are no whole number of images of ${this.inputShape.join('×')}; give one byte a channel and pixel.`,
      );
    }
    this.#answers.clear();
    for (let first = 0; first < count; first += this.#batchSize) {
      const size = Math.min(this.#batchSize, count - first);
      const numbers = Array.from({ length: size }, (_, index) => first + index);
      await this.#classifier.push(pixels.subarray(first * imageBytes, (first + size) * imageBytes), numbers);
    }
    await this.#classifier.flush();
    return Array.from({ length: count }, (_, image) => this.#answers.get(image)!);
  }
}
