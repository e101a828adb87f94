import { loadNetwork, type SavedNetwork } from '../artifact/attached-network.js';
import type { Calibration } from '../artifact/calibrations.js';
import { chosenCalibration } from '../artifact/chosen-calibration.js';
import { exitCosts } from '../artifact/exit-costs.js';
import { loadManifest, type Manifest } from '../artifact/manifest.js';
import { decodeImage } from '../data/pictures/decode-image.js';
import { STRETCH } from '../data/pictures/preprocessing.js';
import { openEngine } from '../engine/open-engine.js';
import { batchSizeFor } from '../engine/stream-images.js';
import { usageError } from '../errors.js';
import { enabledExits, leavingMacs } from '../exits/thresholds.js';
import { elementCount } from '../network/tensor.js';
import { openRouter } from '../router/open-router.js';
import type { Departure, Router } from '../router/router.js';
import { type CascadeOptions, checkFiles, checkFolder, checkOptions } from './cascade-options.js';

export type { CascadeOptions } from './cascade-options.js';

/** What a cascade says about an image. */
export interface Answer {
  /** Number of the class, from 0. */
  readonly label: number;
  readonly className: string;
  /** Softmax of the exit at that class, a fraction. */
  readonly probability: number;
  /** Residual block after which the image left; null for the full network. */
  readonly block: number | null;
  /** Multiply-accumulates that it cost, every visited head billed. */
  readonly macs: number;
}

/**
 * A calibrated cascade, ready to classify with real early exit.
 *
 * @example
 * const cascade = await Cascade.load('demo.cascade', { maxDrop: 0.02 });
 * const [answer] = await cascade.classify(pixels);
 * // { label: 9, className: 'Ankle boot', probability: 0.843, block: 2, macs: 11019008 }
 * await cascade.dispose();
 */
export class Cascade {
  readonly classNames: readonly string[];
  /** `[channels, height, width]` of the pixels that `classify` takes. */
  readonly inputShape: readonly [number, number, number];
  readonly #router: Router;
  readonly #macs: Float64Array;
  readonly #manifest: Manifest;
  readonly #batchSize: number;
  /** Departures of the call that is being worked on, by the number of the image. */
  readonly #departures: Map<number, Departure>;
  /** Calls are worked off one after another. */
  #last: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  private constructor(
    manifest: Manifest,
    saved: SavedNetwork,
    calibration: Calibration,
    router: Router,
    departures: Map<number, Departure>,
    batchSize: number,
  ) {
    this.classNames = manifest.class_names;
    this.inputShape = saved.network.graph.inputShape as readonly [number, number, number];
    this.#router = router;
    this.#departures = departures;
    this.#batchSize = batchSize;
    this.#manifest = manifest;
    this.#macs = leavingMacs(exitCosts(manifest), enabledExits(calibration.thresholds));
  }

  /**
   * Loads a cascade folder with its latest calibration.
   *
   * @throws CascadeError if an option makes no sense, or it is no cascade, damaged, not calibrated, or was calibrated without a promise and
   * `maxDrop` asks for another drop.
   */
  static async load(folder: string, options: CascadeOptions = {}): Promise<Cascade> {
    checkFolder(folder);
    const { maxDrop, engine, backend, device, ...others } = checkOptions(options);
    const manifest = await loadManifest(folder);
    const calibration = await chosenCalibration(folder, manifest, maxDrop);
    const saved = await loadNetwork(folder, manifest);
    const departures = new Map<number, Departure>();
    const { scoring, thresholds } = calibration;
    const { batchSize = batchSizeFor(saved.network.graph.inputShape) } = others;
    const router = await openRouter(await openEngine(engine, { backend, device }), saved, {
      scoring,
      thresholds,
      batchSize,
      onDeparture: (departure) => departures.set(departure.image, departure),
    });
    return new Cascade(manifest, saved, calibration, router, departures, batchSize);
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
      const images = await Promise.all(part.map((file) => this.#decode(file)));
      answers.push(...(await this.classify(Buffer.concat(images))));
    }
    return answers;
  }

  /** Frees the network. */
  async dispose(): Promise<void> {
    await this.#last;
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    await this.#router.dispose();
  }

  #decode(file: string): Promise<Uint8Array> {
    const preprocessing = this.#manifest.backbone?.preprocessing ?? STRETCH;
    return decodeImage(file, file, this.inputShape, { preprocessing, asViewed: true });
  }

  async #classify(pixels: Uint8Array): Promise<readonly Answer[]> {
    if (!(pixels instanceof Uint8Array))
      throw usageError('The pixels of classify are no Uint8Array; give one byte a channel and pixel.');
    if (this.#isDisposed) throw usageError('This cascade was disposed of; load it again.');
    const imageBytes = elementCount(this.inputShape);
    const count = pixels.length / imageBytes;
    if (!Number.isInteger(count)) {
      throw usageError(
        `${pixels.length} bytes are no whole number of images of ${this.inputShape.join('×')}; give one byte a channel and pixel.`,
      );
    }
    this.#departures.clear();
    for (let first = 0; first < count; first += this.#batchSize) {
      const size = Math.min(this.#batchSize, count - first);
      const numbers = Array.from({ length: size }, (_, index) => first + index);
      await this.#router.push(pixels.subarray(first * imageBytes, (first + size) * imageBytes), numbers);
    }
    await this.#router.flush();
    return Array.from({ length: count }, (_, image) => this.#answer(this.#departures.get(image)!));
  }

  #answer({ exit, prediction, probability }: Departure): Answer {
    return {
      label: prediction,
      className: this.classNames[prediction]!,
      probability,
      block: this.#manifest.exits[exit]?.block ?? null,
      macs: this.#macs[exit]!,
    };
  }
}
