import type { CutPoint } from '../network/cut-points.js';
import { type DeepHeadName, type HeadKindName, isPooledHead, type PooledHeadName } from './head-kinds.js';

/** An exit to be attached. */
export interface ExitPlace<Head extends HeadKindName = HeadKindName> {
  readonly cut: CutPoint;
  readonly head: Head;
}

export function hasPooledHead<Place extends ExitPlace>(
  place: Place,
): place is Place & ExitPlace<PooledHeadName> {
  return isPooledHead(place.head);
}

export function hasDeepHead<Place extends ExitPlace>(place: Place): place is Place & ExitPlace<DeepHeadName> {
  return !isPooledHead(place.head);
}
