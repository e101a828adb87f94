import { CascadeError } from '../errors.js';
import type { AveragePool, Convolution, GraphNode, MaxPool, Padding, Pair } from '../network/graph.js';
import { FLOAT, type ModelParts } from './model-parts.js';
import { attribute } from './tensorflow-graph.js';

/** Less than any activation; TensorFlow.js's JSON has no infinity. */
const LOWEST = -3.4028234663852886e38;

/**
 * Writes a network's node as TensorFlow's, channels last.
 *
 * @throws CascadeError if it is a batch normalisation.
 */
export function writeNode(parts: ModelParts, node: GraphNode): void {
  const { name } = node;
  switch (node.kind) {
    case 'convolution':
      writeConvolution(parts, node);
      return;
    case 'linear': {
      const product = parts.emit('MatMul', `${name}/product`, [node.input, parts.parameter(node.weight)], {
        ...FLOAT,
        transpose_a: attribute.boolean(false),
        transpose_b: attribute.boolean(true),
      });
      const bias = node.bias ?? parts.floats(`${name}/bias`, [node.outputFeatures], 0);
      parts.emit('AddV2', name, [product, node.bias === undefined ? bias : parts.parameter(bias)], FLOAT);
      return;
    }
    case 'affine': {
      const scaled = parts.emit('Mul', `${name}/scaled`, [node.input, parts.parameter(node.scale)], FLOAT);
      parts.emit('AddV2', name, [scaled, parts.parameter(node.shift)], FLOAT);
      return;
    }
    case 'relu':
      if (![...parts.fusedRelus.values()].includes(name)) parts.emit('Relu', name, [node.input], FLOAT);
      return;
    case 'relu6':
      parts.emit('Relu6', name, [node.input], FLOAT);
      return;
    case 'add':
      parts.emit('AddV2', name, node.inputs, FLOAT);
      return;
    case 'average-pool':
      writeAveragePool(parts, node);
      return;
    case 'max-pool': {
      const input = isNone(node.padding)
        ? node.input
        : parts.emit(
            'PadV2',
            `${name}/padded`,
            [
              node.input,
              parts.pads(`${name}/pads`, node.padding),
              parts.floats(`${name}/lowest`, [], LOWEST),
            ],
            { ...FLOAT, Tpaddings: attribute.type('int32') },
          );
      parts.emit('MaxPool', name, [input], windowAttributes(node));
      return;
    }
    case 'global-average-pool':
      parts.emit('Mean', name, [node.input, parts.integers(`${name}/axes`, [2], [1, 2])], {
        ...FLOAT,
        Tidx: attribute.type('int32'),
        keep_dims: attribute.boolean(false),
      });
      return;
    case 'flatten':
      writeFlatten(parts, name, node.input);
      return;
    case 'strided-slice':
      parts.emit(
        'StridedSlice',
        name,
        [
          node.input,
          parts.integers(`${name}/begin`, [4], [0, 0, 0, 0]),
          parts.integers(`${name}/end`, [4], [0, 0, 0, 0]),
          parts.integers(`${name}/strides`, [4], [1, ...node.stride, 1]),
        ],
        {
          ...FLOAT,
          Index: attribute.type('int32'),
          begin_mask: attribute.integer(0b1111),
          end_mask: attribute.integer(0b1111),
          ellipsis_mask: attribute.integer(0),
          new_axis_mask: attribute.integer(0),
          shrink_axis_mask: attribute.integer(0),
        },
      );
      return;
    case 'resize':
      parts.emit('ResizeBilinear', name, [node.input, parts.integers(`${name}/size`, [2], [...node.size])], {
        ...FLOAT,
        align_corners: attribute.boolean(false),
        half_pixel_centers: attribute.boolean(true),
      });
      return;
    case 'pad':
      parts.pad(name, node.input, parts.pads(`${name}/pads`, node.padding));
      return;
    case 'pad-channels':
      parts.pad(
        name,
        node.input,
        parts.integers(`${name}/pads`, [4, 2], [0, 0, 0, 0, 0, 0, node.before, node.after]),
      );
      return;
    case 'batch-normalization':
      throw new CascadeError(`The node ${name} is a batch normalisation; fold it before the export.`);
    case 'operator':
      throw new CascadeError(
        `The node ${name} is ONNX's operator ${node.operator}, which cascade does not write for TensorFlow.js; take --format onnx.`,
      );
  }
}

function writeConvolution(parts: ModelParts, node: Convolution): void {
  const name = parts.fusedRelus.get(node.name) ?? node.name;
  const fused = name === node.name ? ['BiasAdd'] : ['BiasAdd', 'Relu'];
  const input = isNone(node.padding)
    ? node.input
    : parts.pad(`${node.name}/padded`, node.input, parts.pads(`${node.name}/pads`, node.padding));
  const bias =
    node.bias === undefined
      ? parts.floats(`${node.name}/bias`, [node.outputChannels], 0)
      : parts.parameter(node.bias);
  if (node.groups === 1) {
    parts.emit('_FusedConv2D', name, [input, parts.filter(node, 0), bias], {
      ...convolutionAttributes(node),
      num_args: attribute.integer(1),
      fused_ops: attribute.texts(fused),
      epsilon: { f: 0 },
    });
    return;
  }
  // TensorFlow.js convolves no groups: each by itself, then side by side again.
  const axis = parts.integers(`${node.name}/axis`, [], [3]);
  const split = parts.emit('Split', `${node.name}/parts`, [axis, input], {
    ...FLOAT,
    num_split: attribute.integer(node.groups),
  });
  const convolved = Array.from({ length: node.groups }, (_, group) =>
    parts.emit(
      'Conv2D',
      `${node.name}/group-${group}`,
      [group === 0 ? split : `${split}:${group}`, parts.filter(node, group)],
      convolutionAttributes(node),
    ),
  );
  const joined = parts.emit('ConcatV2', `${node.name}/joined`, [...convolved, axis], {
    ...FLOAT,
    Tidx: attribute.type('int32'),
    N: attribute.integer(node.groups),
  });
  const sum = fused.length === 1 ? name : `${node.name}/sum`;
  parts.emit('AddV2', sum, [joined, bias], FLOAT);
  if (sum !== name) parts.emit('Relu', name, [sum], FLOAT);
}

/** Padded elements are left out of the mean: the mean over all elements of a window is scaled up where some are padding. */
function writeAveragePool(parts: ModelParts, node: AveragePool): void {
  const { name, input, padding, kernel, stride } = node;
  if (isNone(padding)) {
    parts.emit('AvgPool', name, [input], windowAttributes(node));
    return;
  }
  const padded = parts.pad(`${name}/padded`, input, parts.pads(`${name}/pads`, padding));
  const mean = parts.emit('AvgPool', `${name}/mean`, [padded], windowAttributes(node));
  const [, height, width] = parts.shapes.get(input)!;
  const [, rows, columns] = parts.shapes.get(name)!;
  const vertical = shares(rows!, stride[0], kernel[0], padding.top, height!);
  const horizontal = shares(columns!, stride[1], kernel[1], padding.left, width!);
  const factors = vertical.flatMap((down) => horizontal.map((right) => 1 / (down * right)));
  const factor = parts.weight(
    `${name}/factors`,
    [1, rows!, columns!, 1],
    'float32',
    Float32Array.from(factors),
  );
  parts.emit('Mul', name, [mean, factor], FLOAT);
}

/** Channels first again, since the layers behind were fitted so. */
function writeFlatten(parts: ModelParts, name: string, input: string): void {
  const shape = parts.shapes.get(input)!;
  const types = { ...FLOAT, Tperm: attribute.type('int32') };
  const ordered =
    shape.length === 1
      ? input
      : parts.emit(
          'Transpose',
          `${name}/ordered`,
          [input, parts.integers(`${name}/order`, [4], [0, 3, 1, 2])],
          types,
        );
  const size = parts.shapes.get(name)![0]!;
  parts.emit('Reshape', name, [ordered, parts.integers(`${name}/shape`, [2], [-1, size])], {
    ...FLOAT,
    Tshape: attribute.type('int32'),
  });
}

function isNone({ top, bottom, left, right }: Padding): boolean {
  return top + bottom + left + right === 0;
}

/** The share of each window's elements along one side that are no padding. */
function shares(count: number, stride: number, kernel: number, before: number, size: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const start = index * stride - before;
    return (Math.min(start + kernel, size) - Math.max(start, 0)) / kernel;
  });
}

function convolutionAttributes({ stride }: Convolution) {
  return { ...slidingAttributes(stride), dilations: attribute.integers([1, 1, 1, 1]) };
}

function windowAttributes({ stride, kernel }: AveragePool | MaxPool) {
  return { ...slidingAttributes(stride), ksize: attribute.integers([1, ...kernel, 1]) };
}

function slidingAttributes(stride: Pair) {
  return {
    ...FLOAT,
    strides: attribute.integers([1, ...stride, 1]),
    padding: attribute.text('VALID'),
    data_format: attribute.text('NHWC'),
  };
}
