import type { LocatedDataset } from '../../data/dataset.js';
import type { BackendName } from '../../engine/tensorflow/backend-names.js';
import type { OnBadImage } from '../../records/usable-split.js';
import type { Reporter } from '../../reporter.js';
import type { GivenPreprocessing } from '../backbone/choose-preprocessing.js';
import type { Backbone } from '../backbone/load-backbone.js';
import type { ReadingChoice } from '../backbone/reading.js';
import type { AutoExits } from './auto-exits.js';

/** How any cascade is made of trained networks. */
export interface MakingOptions {
  /** The folder to make. */
  readonly out: string;
  /** How pixels are normalised, as far as that is given; found out on fitting images otherwise. */
  readonly preprocessing: GivenPreprocessing;
  /** Told what was found out; not told again when an interrupted run goes on. */
  readonly onReading?: (choice: ReadingChoice) => void;
  /** Go on also where a network is no better than chance. */
  readonly forceBackbone: boolean;
  /** What is done about images that cannot be decoded. */
  readonly onBadImage: OnBadImage;
  readonly seed: number;
  /** Replace what is there. */
  readonly force: boolean;
  readonly version: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
}

export interface AttachOptions extends MakingOptions {
  readonly exits: string;
  /** Shares of the backbone's multiply-accumulates, rising, of students that stand before it; none when left out. */
  readonly students?: readonly number[];
  /** With `auto` exits the kinds to choose among, such as `linear,mlp`. */
  readonly heads: string;
  /** Drop that `auto` exits are chosen for, a fraction. */
  readonly autoDrop?: number;
  /** Told which exits were chosen; not told again when an interrupted run goes on. */
  readonly onAutoExits?: (choice: AutoExits) => void;
  /** Passes over randomly varied copies of the fitting images, besides the one over the images as they are. */
  readonly augmentedPasses: number;
  /** Epochs of heads that are networks: students and deep ones; those of their recipes when left out. */
  readonly epochs?: number;
  /** Fit on this many of the split's images, chosen at random; all when left out. */
  readonly fitImages?: number;
  /** What TensorFlow.js fits the heads with; the fastest that works when left out. */
  readonly fitBackend?: BackendName;
}

/**
 * Everything that decides what the intermediate files hold: only with the same plan may all of them be used again. With other `exits` and
 * the same `fitting` those may of exits that stay.
 */
export function planOf(backbone: Backbone, dataset: LocatedDataset, options: AttachOptions): string {
  const { exits, students, heads, autoDrop, augmentedPasses, epochs, fitImages } = options;
  const { preprocessing, onBadImage, seed, version } = options;
  const { sha256, openChoices } = backbone;
  return JSON.stringify({
    exits: { exits, students, heads, autoDrop },
    fitting: {
      sha256,
      openChoices: [...openChoices],
      dataset: dataset.description,
      augmentedPasses,
      epochs,
      fitImages,
      preprocessing,
      onBadImage,
      seed,
      version,
    },
  });
}
