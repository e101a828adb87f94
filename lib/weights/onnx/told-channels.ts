import type { GraphMessage, NodeMessage } from './model-file.js';

/** Where the channels of a model's images stand among their four axes, and how many there are. */
export interface ToldChannels {
  readonly axis: number;
  readonly channels: number;
}

/** Operators that keep the axes of an image, so that what reads their result tells of the image too. */
const KEEPS_AXES: ReadonlySet<string> = new Set([
  'Add',
  'AveragePool',
  'Cast',
  'Clip',
  'Div',
  'Dropout',
  'Identity',
  'MaxPool',
  'Mul',
  'Pad',
  'Relu',
  'Slice',
  'Sub',
]);

/**
 * What the first convolution or batch normalisation says of the images' channels, where the model leaves their number open.
 *
 * @param input the name of the images.
 * @returns undefined if there is none, or other operators stand before it than such as keep or transpose the axes.
 */
export function toldChannels(graph: GraphMessage, input: string): ToldChannels | undefined {
  const shapes = constantShapes(graph);
  const readers = readersOf(graph);
  const begun = new Set<NodeMessage>();
  // Which axis of the images stands where in each value.
  const pending: { readonly name: string; readonly axes: readonly number[] }[] = [
    { name: input, axes: [0, 1, 2, 3] },
  ];
  for (const { name, axes } of pending) {
    for (const node of readers.get(name) ?? []) {
      if (begun.has(node)) continue;
      begun.add(node);
      const channels = channelsRead(node, name, shapes);
      if (channels !== undefined) return { axis: axes[1]!, channels };
      const order = node.opType === 'Transpose' ? transposition(node) : [0, 1, 2, 3];
      if (order === undefined || (node.opType !== 'Transpose' && !KEEPS_AXES.has(node.opType))) continue;
      pending.push({ name: node.output[0] ?? '', axes: order.map((axis) => axes[axis]!) });
    }
  }
  return undefined;
}

/** The channels of an image that a node with weights reads. */
function channelsRead(
  { opType, input, attribute }: NodeMessage,
  name: string,
  shapes: ReadonlyMap<string, readonly number[]>,
): number | undefined {
  const [image, weights] = input;
  const shape = image === name ? shapes.get(weights ?? '') : undefined;
  if (opType === 'BatchNormalization') return shape?.[0];
  if (opType !== 'Conv' || shape === undefined) return undefined;
  const groups = attribute.find((each) => each.name === 'group')?.i ?? 1;
  return shape[1] === undefined ? undefined : shape[1] * groups;
}

function transposition({ attribute }: NodeMessage): readonly number[] | undefined {
  const order = attribute.find(({ name }) => name === 'perm')?.ints;
  return order?.length === 4 && order.every((axis) => axis >= 0 && axis < 4) ? order : undefined;
}

function constantShapes({ initializer, node }: GraphMessage): ReadonlyMap<string, readonly number[]> {
  const written = node.flatMap(({ opType, output, attribute }) => {
    const tensor = opType === 'Constant' ? attribute.find(({ name }) => name === 'value')?.t : undefined;
    return tensor ? [[output[0] ?? '', tensor.dims] as const] : [];
  });
  return new Map([...initializer.map(({ name, dims }) => [name, dims] as const), ...written]);
}

function readersOf({ node }: GraphMessage): ReadonlyMap<string, readonly NodeMessage[]> {
  const readers = new Map<string, NodeMessage[]>();
  for (const each of node) {
    for (const name of new Set(each.input)) {
      const found = readers.get(name);
      if (found === undefined) readers.set(name, [each]);
      else found.push(each);
    }
  }
  return readers;
}
