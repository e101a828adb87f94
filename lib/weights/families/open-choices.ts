/**
 * What changes the result of some networks and leaves no trace in their weights. `usual` is what most implementations do; an option
 * of the command line of the same name says otherwise.
 */
export const OPEN_CHOICES = {
  /** The end of a 3×3 stem of stride 1 before four stages. */
  stemPool: {
    option: '--stem-pool',
    values: ['none', 'max'],
    usual: 'none',
    question: 'whether a max-pool ends the stem',
  },
  /** Where zero channels go: on both sides of those that are there, or behind them. */
  optionA: {
    option: '--option-a',
    values: ['both', 'end'],
    usual: 'both',
    question: 'on which sides option A puts its zero channels',
  },
  /** The convolution of a bottleneck that has its stride: its 3×3 convolution (v1.5), or its first 1×1 (the paper). */
  stride: {
    option: '--stride',
    values: ['3x3', '1x1'],
    usual: '3x3',
    question: 'which convolution of a bottleneck has its stride',
  },
  /** SAME padding and an ε of 1e-3, as in weights that timm took over from TensorFlow, or its own: even padding and 1e-5. */
  padding: {
    option: '--padding',
    values: ['same', 'even'],
    usual: 'same',
    question: 'whether it pads and normalises as TensorFlow or evenly, as PyTorch',
  },
  /** 2 for images of ImageNet's size, or 1 for those of CIFAR's, whose second stage has stride 1, too. */
  stemStride: {
    option: '--stem-stride',
    values: ['2', '1'],
    usual: '2',
    question: 'whether stem and second stage halve the image (2) or not (1)',
  },
} as const;

export type ChoiceName = keyof typeof OPEN_CHOICES;

/** A value for each open choice. */
export type Choices = { readonly [Name in ChoiceName]: (typeof OPEN_CHOICES)[Name]['values'][number] };

/** The usual values, but for those given. */
export function withUsual(given: Partial<Choices>): Choices {
  const { stemPool, optionA, stride, padding, stemStride } = OPEN_CHOICES;
  return {
    stemPool: given.stemPool ?? stemPool.usual,
    optionA: given.optionA ?? optionA.usual,
    stride: given.stride ?? stride.usual,
    padding: given.padding ?? padding.usual,
    stemStride: given.stemStride ?? stemStride.usual,
  };
}
