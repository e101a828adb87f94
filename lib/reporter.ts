/** A piece of work whose end is known. */
export interface Bar {
  update(done: number): void;
  stop(): void;
}

/** What a command tells its user while it works: on stderr, since stdout holds results only. */
export interface Reporter {
  /** One line. */
  note(message: string): void;
  /** Starts a piece of work of `total` parts. */
  bar(title: string, total: number): Bar;
}

/** @example duration(3700); // '62 min' */
export function duration(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** A reporter that says nothing. */
export const SILENT: Reporter = { note: () => {}, bar: () => ({ update: () => {}, stop: () => {} }) };
