/** Seconds without a byte after which a download counts as stalled: busy servers pause for a few. */
const STALL_SECONDS = 60;

/** Ends a download of which nothing comes any more. */
export interface StallGuard {
  /** Aborted when nothing has come for long, or the user interrupts; its reason is an Error that says so. */
  readonly signal: AbortSignal;
  /** Something came. */
  alive(): void;
  stop(): void;
}

/** @param interruption aborted by the user. */
export function stallGuard(interruption?: AbortSignal, seconds = STALL_SECONDS): StallGuard {
  const stalled = new AbortController();
  const timer = setTimeout(
    () => stalled.abort(new Error(`it timed out, for nothing came from the server for ${seconds} seconds`)),
    1000 * seconds,
  );
  const signals = interruption === undefined ? [stalled.signal] : [stalled.signal, interruption];
  return {
    signal: AbortSignal.any(signals),
    alive: () => void timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}
