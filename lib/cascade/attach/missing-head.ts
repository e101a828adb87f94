import type { ExitPlace } from '../../heads/exit-place.js';
import type { HeadKindName } from '../../heads/head-kinds.js';

/** A head that is still to be fitted. */
export interface MissingHead<Head extends HeadKindName = HeadKindName> extends ExitPlace<Head> {
  /** Number of the exit. */
  readonly exit: number;
  /** Where its weights go. */
  readonly file: string;
}
