/**
 * The operators of ONNX that pass through: those that classifiers are made of and whose shapes and products are known here. Control flow,
 * operators with a state (LSTM, GRU, RNN) and those of other domains are not among them.
 */
export const OPERATOR_NAMES = [
  ...([
    'Abs',
    'BatchNormalization',
    'Celu',
    'Ceil',
    'Clip',
    'Concat',
    'Conv',
    'ConvTranspose',
    'Cos',
  ] as const),
  ...(['DepthToSpace', 'Div', 'Einsum', 'Elu', 'Erf', 'Exp', 'Floor', 'Gather', 'Gemm'] as const),
  ...(['GlobalAveragePool', 'GlobalMaxPool', 'HardSigmoid', 'HardSwish', 'InstanceNormalization'] as const),
  ...(['LRN', 'LayerNormalization', 'LeakyRelu', 'Log', 'LogSoftmax', 'LpNormalization', 'MatMul'] as const),
  ...(['Max', 'Min', 'Mul', 'Neg', 'PRelu', 'Pad', 'Pow', 'Reciprocal', 'ReduceL1', 'ReduceL2'] as const),
  ...(['ReduceLogSumExp', 'ReduceMax', 'ReduceMean', 'ReduceMin', 'ReduceSum', 'ReduceSumSquare'] as const),
  ...([
    'Relu',
    'Reshape',
    'Selu',
    'Sigmoid',
    'Sign',
    'Sin',
    'Slice',
    'Softmax',
    'Softplus',
    'Softsign',
  ] as const),
  ...(['SpaceToDepth', 'Sqrt', 'Sub', 'Add', 'Tanh', 'ThresholdedRelu', 'Transpose'] as const),
] as const;

/** An operator of ONNX that passes through, by its name there. */
export type OperatorName = (typeof OPERATOR_NAMES)[number];
