import type { LocatedDataset } from '../data/dataset.js';
import type { BackendName } from '../engine/tensorflow/backend-names.js';
import type { ExitPlace } from '../heads/exit-place.js';
import type { Normalization } from '../network/pixel-input.js';
import type { OnBadImage } from '../records/usable-split.js';
import type { Reporter } from '../reporter.js';
import type { Backbone } from './load-backbone.js';

export interface AttachOptions {
  /** The folder to make. */
  readonly out: string;
  readonly exits: string;
  readonly heads: string;
  /** Passes over randomly varied copies of the fitting images, besides the one over the images as they are. */
  readonly augmentedPasses: number;
  /** Fit on this many of the split's images, chosen at random; all when left out. */
  readonly fitImages?: number;
  readonly normalization: Normalization;
  /** What is done about images that cannot be decoded. */
  readonly onBadImage: OnBadImage;
  /** What TensorFlow.js fits the heads with; the fastest that works when left out. */
  readonly fitBackend?: BackendName;
  readonly seed: number;
  /** Replace what is there. */
  readonly force: boolean;
  readonly version: string;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
}

/** Everything that decides what the intermediate files hold: only with the same plan may they be used again. */
export function planOf(
  backbone: Backbone,
  dataset: LocatedDataset,
  places: readonly ExitPlace[],
  options: AttachOptions,
): string {
  const { augmentedPasses, fitImages, normalization, onBadImage, seed, version } = options;
  const exits = places.map(({ cut, head }) => [cut.block, head]);
  const { sha256 } = backbone;
  return JSON.stringify({
    sha256,
    dataset: dataset.description,
    exits,
    augmentedPasses,
    fitImages,
    normalization,
    onBadImage,
    seed,
    version,
  });
}
