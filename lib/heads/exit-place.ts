import type { CutPoint } from '../network/cut-points.js';
import type { HeadKindName } from './head-kinds.js';

/** An exit to be attached. */
export interface ExitPlace {
  readonly cut: CutPoint;
  readonly head: HeadKindName;
}
