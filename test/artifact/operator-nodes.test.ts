import test from 'ava';
import { checkGraph } from '../../lib/artifact/check-network.js';
import { graphSchema } from '../../lib/artifact/graph-schema.js';

const NODE = { kind: 'operator', name: 'x', operator: 'Sigmoid', inputs: ['pixels'], attributes: {} };

function graphOf(node: object): object {
  return { input: 'pixels', inputShape: [3, 8, 8], nodes: [node], output: 'x' };
}

function check(node: object): void {
  checkGraph(graphSchema.parse(graphOf(node)), 'network.json', 'attach again');
}

test('an operator that passes through is read from a cascade', (t) => {
  t.notThrows(() => check(NODE));
});

const REFUSED: readonly (readonly [title: string, node: object])[] = [
  ['an operator of another domain', { ...NODE, domain: 'com.example' }],
  ['an operator that is not known', { ...NODE, operator: 'LoadLibrary' }],
  ['control flow', { ...NODE, operator: 'If' }],
  ['a graph as an attribute', { ...NODE, attributes: { then_branch: { nodes: [] } } }],
  ['an attribute that the operator has not', { ...NODE, attributes: { alpha: 1 } }],
  ['an attribute called like what every object has', { ...NODE, attributes: { constructor: 1 } }],
  ['an attribute of another type', { ...NODE, operator: 'Softmax', attributes: { axis: 'last' } }],
  ['a constant in another file', { ...NODE, inputs: ['pixels', { location: '/etc/passwd', shape: [1] }] }],
  ['no value to read', { ...NODE, inputs: [{ integers: [1], shape: [1] }] }],
  ['more inputs than the operator has', { ...NODE, inputs: ['pixels', 'pixels'] }],
  ['fewer inputs than it has', { ...NODE, operator: 'MatMul' }],
  [
    'whole numbers that do not fill their shape',
    { ...NODE, operator: 'Gather', inputs: ['pixels', { integers: [1], shape: [2 ** 20] }] },
  ],
  [
    'places that are not there',
    {
      ...NODE,
      operator: 'Gather',
      attributes: { axis: 1 },
      inputs: ['pixels', { integers: [3], shape: [1] }],
    },
  ],
  [
    'pads that ask for all memory',
    {
      ...NODE,
      operator: 'Pad',
      inputs: ['pixels', { integers: [0, 0, 0, 0, 0, 2 ** 30, 2 ** 30, 0], shape: [8] }],
    },
  ],
  ['a mixture of images', { ...NODE, operator: 'Softmax', attributes: { axis: 0 } }],
  [
    'a shape of fractions',
    { ...NODE, operator: 'Reshape', inputs: ['pixels', { integers: [-1, 5], shape: [2] }] },
  ],
  [
    'a shape of zeros',
    { ...NODE, operator: 'Reshape', inputs: ['pixels', { integers: [-1, 0], shape: [2] }] },
  ],
  [
    'steps of zero',
    {
      ...NODE,
      operator: 'Slice',
      inputs: ['pixels', ...[0, 8, 2, 0].map((integer) => ({ integers: [integer], shape: [1] }))],
    },
  ],
];

for (const [title, node] of REFUSED)
  test(`${title} is refused`, (t) => {
    const error = t.throws(() => check(node))!;
    t.false(error instanceof TypeError || error instanceof RangeError, String(error));
  });
