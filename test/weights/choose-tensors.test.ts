import test from 'ava';
import { CascadeError } from '../../lib/errors.js';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import type { Tensor } from '../../lib/network/tensor.js';
import { chooseTensors } from '../../lib/weights/choose-tensors.js';
import type { StateDict } from '../../lib/weights/pytorch/state-dict.js';
import { hollowTensors } from './original-networks.js';

const hollow = (...shape: number[]): Tensor => ({ shape, data: new Float32Array() });

/** Names of a ResNet-8's tensors, and of one of more classes. */
function resnet8(classes = 3): Map<string, Tensor> {
  const graph = cifarResNet({ inputShape: [1, 8, 8], classes, blocksPerStage: 1, shortcut: 'A' });
  return new Map([...parameterShapes(graph)].map(([name, shape]) => [name, hollow(...shape)]));
}

function prefixed(prefix: string, tensors = resnet8()): [string, Tensor][] {
  return [...tensors].map(([name, tensor]) => [`${prefix}${name}`, tensor]);
}

function dictionary(path: string, entries: Iterable<readonly [string, Tensor]>): StateDict {
  return { path: path === '' ? [] : path.split('.'), tensors: new Map(entries), foreign: new Map() };
}

const NAMES = [...resnet8().keys()];

for (const prefix of [
  'model.',
  'net.',
  'module.',
  'module.module.model.',
  'backbone.',
  'encoder.0.',
  '_orig_mod.module.',
  'a.b.c.d.e.',
  '',
]) {
  test(`a network behind the prefix "${prefix}" is read under its own names`, (t) => {
    const { tensors, notes } = chooseTensors([dictionary('', prefixed(prefix))], undefined, 'w');
    t.deepEqual([...tensors.keys()], NAMES);
    t.deepEqual(notes, []);
  });
}

test('what wraps a module inside the network is taken off, too', (t) => {
  const wrapped = [...resnet8()].map(([name, tensor]): [string, Tensor] => [
    name.replace('layer1.', 'layer1._orig_mod.').replace('layer2.0.', 'layer2.0._checkpoint_wrapped_module.'),
    tensor,
  ]);
  t.deepEqual([...chooseTensors([dictionary('', wrapped)], undefined, 'w').tensors.keys()], NAMES);
});

test('bookkeeping is dropped at every level, and nothing that only looks like it', (t) => {
  const names = [
    'n_averaged',
    'total_ops',
    'layer1.0.total_params',
    'bn1.num_batches_tracked',
    'module._extra_state',
  ];
  const entries = [...prefixed(''), ...names.map((name): [string, Tensor] => [name, hollow()])];
  const mistaken: [string, Tensor] = ['my_num_batches_tracked', hollow()];
  const { tensors, notes } = chooseTensors([dictionary('', [...entries, mistaken])], undefined, 'w');
  t.deepEqual([...tensors.keys()], [...NAMES, 'my_num_batches_tracked']);
  t.deepEqual(notes, []);
});

test('tensors beside the network are left out with a note, those inside it are not', (t) => {
  const entries: [string, Tensor][] = [
    ...prefixed('model.'),
    ['criterion.weight', hollow(3)],
    ['model.train_acc.tp', hollow(3)],
    ['model.layer1.0.se.weight', hollow(3)],
  ];
  const { tensors, notes } = chooseTensors([dictionary('', entries)], undefined, 'w.pt');
  t.deepEqual([...tensors.keys()], [...NAMES, 'layer1.0.se.weight']);
  t.deepEqual(notes, [
    'w.pt holds 2 tensors beside the network, left out: criterion.weight; model.train_acc.tp.',
  ]);
});

function chosen(dictionaries: readonly StateDict[], key?: string): [string, readonly string[]] {
  const { key: read, notes } = chooseTensors(dictionaries, key, 'w.pt');
  return [read, notes];
}

test('of optimiser states, single tensors and a network, the network is read', (t) => {
  const momentum = dictionary('optimizer.state.0', [['exp_avg', hollow(1e6)]]);
  t.deepEqual(
    chosen([dictionary('', [['best', hollow()]]), momentum, dictionary('anything', prefixed(''))]),
    ['anything', []],
  );
});

test('a network that fits comes before a larger one that does not, and a larger before a smaller one', (t) => {
  const broken = resnet8(1000);
  broken.delete('layer2.0.bn1.bias');
  t.deepEqual(chosen([dictionary('broken', broken), dictionary('sound', prefixed(''))]), ['sound', []]);
  t.deepEqual(chosen([dictionary('small', prefixed('')), dictionary('large', prefixed('', resnet8(4)))]), [
    'large',
    ['w.pt holds 2 networks: that under large is read, not small (--key chooses).'],
  ]);
});

test('of equal networks the trained one is read rather than its average, whatever their order', (t) => {
  const keys = ['state_dict_ema', 'other', 'net', 'state_dict'];
  const all = keys.map((key) => dictionary(key, prefixed('')));
  t.is(chosen(all)[0], 'state_dict');
  t.is(chosen(all.slice(0, 3))[0], 'net');
  t.is(chosen(all.slice(0, 2))[0], 'other');
  t.is(chosen(all.slice(0, 1))[0], 'state_dict_ema');
});

test('two networks in one dictionary are told apart by their prefixes', (t) => {
  const both = dictionary('state_dict', [...prefixed('student.'), ...prefixed('teacher.')]);
  t.deepEqual(chosen([both]), [
    'state_dict.student',
    ['w.pt holds 2 networks: that under state_dict.student is read, not state_dict.teacher (--key chooses).'],
  ]);
  t.deepEqual(chosen([both], 'state_dict.teacher'), ['state_dict.teacher', []]);
  const nested = dictionary('', [...prefixed(''), ...prefixed('ema.')]);
  t.deepEqual([...chooseTensors([nested], '.', 'w').tensors.keys()], NAMES);
});

test('a key names a network, or a dictionary that holds one', (t) => {
  const all = [dictionary('state_dict', prefixed('model.')), dictionary('ema.model', prefixed(''))];
  t.is(chosen(all, 'ema.model')[0], 'ema.model');
  t.is(chosen(all, 'ema')[0], 'ema.model');
  t.is(chosen(all, 'state_dict')[0], 'state_dict.model');
});

test('a key that leads nowhere is refused with those that do', (t) => {
  const all = [dictionary('state_dict', prefixed('')), dictionary('ema', prefixed('model.'))];
  t.throws(() => chosen(all, 'state'), {
    instanceOf: CascadeError,
    message: '--key state leads to no tensors in w.pt, which has them under state_dict; ema.model.',
  });
});

test("the names of Hugging Face's networks are found behind a prefix, too", (t) => {
  const tensors = hollowTensors('hugging-face-resnet-18');
  const { tensors: read } = chooseTensors([dictionary('', prefixed('model.', tensors))], undefined, 'w');
  t.deepEqual(
    [...read.keys()],
    [...tensors.keys()].filter((name) => !name.endsWith('num_batches_tracked')),
  );
});
