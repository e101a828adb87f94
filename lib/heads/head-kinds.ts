/** How a feature map is reduced before the first fully connected layer. */
export type Pooling =
  /** The mean over all pixels. */
  | { readonly kind: 'global' }
  /** Means over a grid of `size` × `size` cells. */
  | { readonly kind: 'grid'; readonly size: number }
  /** Means over windows of `size` × `size` pixels that do not overlap. */
  | { readonly kind: 'window'; readonly size: number };

/** A hidden layer: fully connected, then normalised if so wished, then ReLU, then dropout while it is fitted. */
export interface HiddenLayer {
  readonly units: number;
  readonly batchNormalization: boolean;
  /** Share of the units silenced at each step. */
  readonly dropout: number;
}

/**
 * A convolution on the whole feature map, each channel standardised before it, then batch normalisation and ReLU. A side is padded
 * with `(kernel − 1) / 2` zeros.
 */
export interface ConvolutionLayer {
  readonly channels: number;
  /** Pixels along a side of the window; odd. */
  readonly kernel: number;
  readonly stride: number;
}

/** An exit's classifier: perhaps a convolution, pooling, at most one hidden layer, a fully connected layer to the classes. */
export interface PooledHead {
  readonly convolution?: ConvolutionLayer;
  readonly pooling: Pooling;
  readonly hidden?: HiddenLayer;
  /** Whether the last layer is made of the classes' mean features, not fitted by a gradient. */
  readonly classMeans?: boolean;
}

/** An exit's classifier that is a small residual network: basic blocks, global average pooling, a fully connected layer. */
export interface DeepHead {
  readonly blocks: number;
  /** Channels behind the last block; those before it that work on larger maps have fewer. */
  readonly channels: number;
}

/** The shape of an exit's classifier. */
export type HeadKind = PooledHead | DeepHead;

export function isDeep(kind: HeadKind): kind is DeepHead {
  return 'blocks' in kind;
}

/**
 * The kinds of head, by the names that `--heads` takes.
 *
 * - `linear`: global average pooling → FC. The cheapest; weak on early feature maps.
 * - `paper`: average pooling, window 8 → FC 64 → ReLU → FC (Berestizshevsky & Even, arXiv 1805.10982, section 4).
 * - `mlp`: pooling to 4×4 → FC 256 → batch normalisation → ReLU → dropout 0.3 → FC. The default.
 * - `conv`: 3×3 convolution to 64 channels, stride 2 → batch normalisation → ReLU → as `mlp`, with dropout 0.4. Meant for early
 *   feature maps; fitting it takes disk for all their pixels, at 16×16 sixteen times that of `mlp`.
 * - `conv1x1`: the same with a 1×1 convolution, stride 1.
 * - `deep`: two residual blocks of 64 channels, which halve maps of more than 8×8 pixels. Fitted on fresh crops with the frozen part
 *   before it run again each time: nothing of it is kept on disk, and it takes minutes where the others take seconds.
 * - `means`: global average pooling → distance to the classes' means, fitted in one look without a gradient (E²CM: Görmez et al. 2022, arXiv
 *   2103.01148). Runs as `linear`; weaker.
 */
export const HEAD_KINDS = {
  linear: { pooling: { kind: 'global' } },
  paper: {
    pooling: { kind: 'window', size: 8 },
    hidden: { units: 64, batchNormalization: false, dropout: 0 },
  },
  mlp: { pooling: { kind: 'grid', size: 4 }, hidden: { units: 256, batchNormalization: true, dropout: 0.3 } },
  conv: {
    convolution: { channels: 64, kernel: 3, stride: 2 },
    pooling: { kind: 'grid', size: 4 },
    hidden: { units: 256, batchNormalization: true, dropout: 0.4 },
  },
  conv1x1: {
    convolution: { channels: 64, kernel: 1, stride: 1 },
    pooling: { kind: 'grid', size: 4 },
    hidden: { units: 256, batchNormalization: true, dropout: 0.4 },
  },
  deep: { blocks: 2, channels: 64 },
  means: { pooling: { kind: 'global' }, classMeans: true },
} as const satisfies Readonly<Record<string, HeadKind>>;

export type HeadKindName = keyof typeof HEAD_KINDS;

/** Kinds that are fitted on recorded features. */
export type PooledHeadName = {
  [Name in HeadKindName]: (typeof HEAD_KINDS)[Name] extends PooledHead ? Name : never;
}[HeadKindName];

/** Kinds that are fitted on images. */
export type DeepHeadName = Exclude<HeadKindName, PooledHeadName>;

export function isPooledHead(name: HeadKindName): name is PooledHeadName {
  return !isDeep(HEAD_KINDS[name]);
}

export const HEAD_KIND_NAMES = Object.keys(HEAD_KINDS) as readonly HeadKindName[];
