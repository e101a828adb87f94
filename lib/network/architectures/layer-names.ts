/** What a convolution and the batch normalisation behind it are called. */
export interface LayerNames {
  readonly convolution: string;
  readonly normalization: string;
}
