/** What one exit says about each image. */
export interface ExitColumn {
  /** Confidence of the exit in its prediction, an image each; the higher, the surer. */
  readonly confidence: Float64Array;
  /** 1 where the exit's prediction is right, else 0. */
  readonly correct: Uint8Array;
}

/** What one exit says about the images of several parts, one part after the other. */
export function joinedColumns(parts: readonly ExitColumn[]): ExitColumn {
  const images = parts.reduce((sum, { correct }) => sum + correct.length, 0);
  const joined = { confidence: new Float64Array(images), correct: new Uint8Array(images) };
  let first = 0;
  for (const { confidence, correct } of parts) {
    joined.confidence.set(confidence, first);
    joined.correct.set(correct, first);
    first += correct.length;
  }
  return joined;
}

/**
 * What one image costs in one currency, multiply-accumulates or time; an exit's head is billed to every image that visits it. What costs
 * are compared with is the full network alone.
 */
export interface ExitCosts {
  /** Up to each exit, of the network that it stands in, no head. */
  readonly backbone: readonly number[];
  /** Cost of each exit's head. */
  readonly heads: readonly number[];
  /** Cost of the whole full network, its own classifier included, no head. */
  readonly full: number;
  /**
   * Where networks are run one after another: the number of the one that each exit stands in, never falling, and last that of the full
   * network. All is one network where it is left out.
   */
  readonly members?: readonly number[];
  /** What one multiply-accumulate more costs in this currency; 1 when left out, as in multiply-accumulates. */
  readonly macPrice?: number;
}

/** Everything that choosing thresholds needs of recorded outputs: decisions are replayed from it, no network is run. */
export interface ExitTable {
  readonly images: number;
  /** From the first exit to the last; the backbone's own classifier is not among them. */
  readonly exits: readonly ExitColumn[];
  /** 1 where the full network is right by itself, else 0: what drops refer to. */
  readonly fullCorrect: Uint8Array;
  /** 1 where a cascade is right about an image that no exit lets leave, else 0; `fullCorrect` where it is left out. */
  readonly lastCorrect?: Uint8Array;
  readonly costs: ExitCosts;
}

/** The costs of some of the exits only, by their positions. */
export function costsOfExits(
  { backbone, heads, full, members, macPrice }: ExitCosts,
  exits: readonly number[],
): ExitCosts {
  return {
    backbone: exits.map((exit) => backbone[exit]!),
    heads: exits.map((exit) => heads[exit]!),
    full,
    ...(members && { members: [...exits, heads.length].map((exit) => members[exit]!) }),
    ...(macPrice !== undefined && { macPrice }),
  };
}

/** The table of some of the exits only, by their positions; for outputs that do not depend on earlier exits. */
export function exitsOfTable(table: ExitTable, exits: readonly number[]): ExitTable {
  return {
    ...table,
    exits: exits.map((exit) => table.exits[exit]!),
    costs: costsOfExits(table.costs, exits),
  };
}
