import type { LocatedDataset } from '../../data/dataset.js';
import type { SplitDescription } from '../../data/dataset-description.js';
import type { ImageSource } from '../../data/image-source.js';
import type { Engine } from '../../engine/engine.js';
import { openUsable } from '../../records/usable-split.js';
import type { Backbone } from '../backbone/load-backbone.js';
import type { AttachOptions, MakingOptions } from './attach-plan.js';

/** What all steps of making a cascade share. */
export interface MakingContext<Options extends RecordingOptions = MakingOptions> {
  readonly dataset: LocatedDataset;
  readonly engine: Engine;
  /** The folder of the unfinished cascade, where an interrupted run goes on. */
  readonly work: string;
  readonly options: Options;
}

/** What recording needs of that. */
export type RecordingContext = MakingContext<RecordingOptions>;

type RecordingOptions = Pick<MakingOptions, 'onBadImage' | 'reporter' | 'signal'>;

/** What all steps of attaching share. */
export interface AttachContext extends MakingContext<AttachOptions> {
  readonly backbone: Backbone;
}

/** Opens a split without the images that cannot be decoded, where those are to be skipped. */
export function openUsableSplit(
  { dataset, work, options }: RecordingContext,
  split: SplitDescription,
): Promise<ImageSource> {
  return openUsable(dataset, split, work, options);
}
