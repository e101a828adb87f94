import type { Explanation } from '../../cascade/explain/explain-cascade.js';
import type { Thumbnails } from '../../cascade/explain/thumbnails.js';
import type { LatencyTable } from './latency.js';

/** A cascade as a report shows it. */
export interface Reported extends Explanation {
  /** The folder as its user named it. */
  readonly folder: string;
  /** SHA-256 of the network, its heads and what was left out. */
  readonly fingerprint: string;
  /** Small pictures of the images that are shown, or why there are none, in a sentence. */
  readonly pictures: Thumbnails | string;
  /** What was measured of this choice on a machine; null where nothing was. */
  readonly latency: LatencyTable | null;
}

/** What a report was made by. */
export interface Making {
  /** As typed. */
  readonly command: string;
  readonly version: string;
}
