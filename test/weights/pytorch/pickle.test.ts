import test from 'ava';
import { CascadeError } from '../../../lib/errors.js';
import { ByteCursor } from '../../../lib/weights/pytorch/byte-cursor.js';
import { parsePickle } from '../../../lib/weights/pytorch/pickle.js';
import { PickleObject, type PickleValue } from '../../../lib/weights/pytorch/pickle-value.js';
import { TorchDialect } from '../../../lib/weights/pytorch/pytorch-pickle.js';

function parse(pickle: string): PickleValue {
  return parsePickle(
    new ByteCursor(Buffer.from(pickle, 'latin1'), 'weights.pt'),
    new TorchDialect('weights.pt'),
  );
}

/** Made by CPython 3.11: `pickle.dumps(value, protocol)` of `{'a': [1, 300, -2, 2**40, -2**70, 0.1, None, True, False, float('-inf')], 'b': ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)), 'ü\n\\é€😀': 2**20}`. */
const PICKLES = {
  0: 'KGRwMApWYQpwMQoobHAyCkkxCmFJMzAwCmFJLTIKYUwxMDk5NTExNjI3Nzc2TAphTC0xMTgwNTkxNjIwNzE3NDExMzAzNDI0TAphRjAuMQphTmFJMDEKYUkwMAphRi1pbmYKYXNWYgpwMwooKHQoSTEKdHA0CihJMQpJMgp0cDUKKEkxCkkyCkkzCnRwNgooSTEKSTIKSTMKSTQKdHA3CnRwOApzVvxcdTAwMGFcdTAwNWPpXHUyMGFjXFUwMDAxZjYwMApwOQpJMTA0ODU3NgpzLg==',
  1: 'fXEAKFgBAAAAYXEBXXECKEsBTSwBSv7///9MMTA5OTUxMTYyNzc3NkwKTC0xMTgwNTkxNjIwNzE3NDExMzAzNDI0TApHP7mZmZmZmZpOSTAxCkkwMApH//AAAAAAAABlWAEAAABicQMoKShLAXRxBChLAUsCdHEFKEsBSwJLA3RxBihLAUsCSwNLBHRxB3RxCFgNAAAAw7wKXMOp4oKs8J+YgHEJSgAAEAB1Lg==',
  2: 'gAJ9cQAoWAEAAABhcQFdcQIoSwFNLAFK/v///4oGAAAAAAABigkAAAAAAAAAAMBHP7mZmZmZmZpOiIlH//AAAAAAAABlWAEAAABicQMoKUsBhXEESwFLAoZxBUsBSwJLA4dxBihLAUsCSwNLBHRxB3RxCFgNAAAAw7wKXMOp4oKs8J+YgHEJSgAAEAB1Lg==',
  3: 'gAN9cQAoWAEAAABhcQFdcQIoSwFNLAFK/v///4oGAAAAAAABigkAAAAAAAAAAMBHP7mZmZmZmZpOiIlH//AAAAAAAABlWAEAAABicQMoKUsBhXEESwFLAoZxBUsBSwJLA4dxBihLAUsCSwNLBHRxB3RxCFgNAAAAw7wKXMOp4oKs8J+YgHEJSgAAEAB1Lg==',
  4: 'gASVeQAAAAAAAAB9lCiMAWGUXZQoSwFNLAFK/v///4oGAAAAAAABigkAAAAAAAAAAMBHP7mZmZmZmZpOiIlH//AAAAAAAABljAFilCgpSwGFlEsBSwKGlEsBSwJLA4eUKEsBSwJLA0sEdJR0lIwNw7wKXMOp4oKs8J+YgJRKAAAQAHUu',
  5: 'gAWVeQAAAAAAAAB9lCiMAWGUXZQoSwFNLAFK/v///4oGAAAAAAABigkAAAAAAAAAAMBHP7mZmZmZmZpOiIlH//AAAAAAAABljAFilCgpSwGFlEsBSwKGlEsBSwJLA4eUKEsBSwJLA0sEdJR0lIwNw7wKXMOp4oKs8J+YgJRKAAAQAHUu',
};

const VALUE = new Map<string, unknown>([
  ['a', [1, 300, -2, 2 ** 40, -(2n ** 70n), 0.1, null, true, false, Number.NEGATIVE_INFINITY]],
  ['b', [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]],
  ['ü\n\\é€😀', 2 ** 20],
]);

for (const [protocol, base64] of Object.entries(PICKLES)) {
  test(`a pickle of protocol ${protocol} has the values that Python wrote`, (t) => {
    t.deepEqual(parse(Buffer.from(base64, 'base64').toString('latin1')), VALUE);
  });
}

test('an ordered dictionary of Python 2, built from a list of pairs, keeps its order', (t) => {
  // pickletools.dis: GLOBAL, MARK, EMPTY_LIST, two lists of two SHORT_BINSTRING and BININT1, APPENDS, TUPLE1, REDUCE
  const pairs = '](](U\x01bK\x01e](U\x01aK\x02ee';
  t.deepEqual(
    parse(`\x80\x02ccollections\nOrderedDict\n${pairs}\x85R.`),
    new Map([
      ['b', 1],
      ['a', 2],
    ]),
  );
});

test('an object met again is the same object', (t) => {
  const [first, second] = parse('\x80\x02]q\x00h\x00\x86.') as PickleValue[];
  t.true(Array.isArray(first));
  t.is(first, second);
});

test('attributes of a state dictionary are left out', (t) => {
  const pickle = '\x80\x02ccollections\nOrderedDict\n)R}X\x09\x00\x00\x00_metadataNsb.';
  t.deepEqual(parse(pickle), new Map());
});

test('the cursor stands behind a pickle, where the next one begins', (t) => {
  const cursor = new ByteCursor(Buffer.from('\x80\x02K\x01.\x80\x02K\x02.', 'latin1'), 'weights.pt');
  const dialect = new TorchDialect('weights.pt');
  t.deepEqual([parsePickle(cursor, dialect), parsePickle(cursor, dialect), cursor.position], [1, 2, 10]);
});

const EXPORT = 'export a plain state_dict with torch.save(model.state_dict(), …), or safetensors.';

function refuses(
  t: { throws: (run: () => void, as: object) => void },
  pickle: string,
  message: string,
): void {
  t.throws(() => parse(pickle), { instanceOf: CascadeError, message: `weights.pt ${message}` });
}

/** An object that is not made, as data. */
function object(path: string, values: PickleValue[] = [], more: Partial<PickleObject> = {}): PickleObject {
  return Object.assign(new PickleObject(path, values), more);
}

test('what a pickle would have made or called stays data, however it says so', (t) => {
  const system = object('os.system', ['ls']);
  t.deepEqual(parse('\x80\x02cos\nsystem\nU\x02ls\x85R.'), system);
  t.deepEqual(parse('\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02ls\x85R.'), system);
  t.deepEqual(parse("(S'ls'\nios\nsystem\n."), system);
  t.deepEqual(parse('(cos\nsystem\nU\x02lso.'), system);
  t.deepEqual(parse('\x80\x02cos\nsystem\nU\x02ls\x85\x81.'), system);
  t.deepEqual(parse('\x80\x04cos\nsystem\nU\x02ls\x85}\x92.'), system);
  t.deepEqual(parse('\x80\x02\x82\x07)R.'), object('copyreg extension 7'));
});

test('the name of a property that every object has is a class like any other', (t) => {
  t.deepEqual(parse('\x80\x02ctoString\nconstructor\n)R.'), object('toString.constructor'));
});

test('what an unknown function returns may be called, filled and given a state', (t) => {
  t.deepEqual(parse('\x80\x02cm\nf\n)R)R.'), object('m.f'));
  t.deepEqual(parse('\x80\x02cm\nf\n)RK\x01b.'), object('m.f', [], { state: 1 }));
  t.deepEqual(parse('\x80\x02cm\nf\n)R(U\x01aK\x01u.'), object('m.f', [], { entries: new Map([['a', 1]]) }));
  t.deepEqual(parse('\x80\x02cm\nf\n)R(K\x01e.'), object('m.f'));
  t.deepEqual(parse('\x80\x04cm\nf\n)R(K\x01\x90.'), object('m.f'));
});

test('sets, bytes, long texts and the stack are read as Python reads them', (t) => {
  t.deepEqual(parse('\x80\x04\x8f(K\x01K\x02\x90.'), new Set([1, 2]));
  t.deepEqual(parse('\x80\x04(K\x01K\x02\x91.'), new Set([1, 2]));
  t.is(parse('\x80\x04\x8d\x02\0\0\0\0\0\0\0ab.'), 'ab');
  t.deepEqual(parse('\x80\x04\x8e\x02\0\0\0\0\0\0\0ab.'), Buffer.from('ab'));
  t.deepEqual(parse('\x80\x05\x96\x02\0\0\0\0\0\0\0ab.'), Buffer.from('ab'));
  t.deepEqual(parse('\x80\x05\x97\x98.'), object('pickle.PickleBuffer'));
  t.deepEqual(parse('K\x012\x86.'), [1, 1]);
  t.is(parse('K\x01(K\x02K\x031.'), 1);
  t.is(parse('K\x01(0.'), 1);
  t.is(parse('\x80\x02\x8b\x02\0\0\0\x00\x80.'), -32768);
});

test('an integer of thousands of digits is no number, and takes no time', (t) => {
  t.deepEqual(parse(`L${'9'.repeat(5e6)}L\n.`), object('builtins.int'));
  t.deepEqual(parse(`\x80\x02\x8b\x40\x4b\x4c\0${'\x7f'.repeat(5e6)}.`), object('builtins.int'));
});

test('a pickle of more objects than are read is refused with the limit', (t) => {
  const limit = `holds more than 2000000 objects, the most that cascade reads of a pickle; ${EXPORT}`;
  refuses(t, '}'.repeat(2_000_001), limit);
  refuses(t, `N${'\x94'.repeat(2_000_001)}`, limit);
  // Ever again an ordered dictionary of the same list of 1,000 pairs
  const pairs = `](${'K\x01K\x01\x86'.repeat(1000)}eq\x00`;
  refuses(t, `ccollections\nOrderedDict\nq\x010${pairs}${'h\x01h\x00\x85R'.repeat(2000)}.`, limit);
});

test('a class whose name is no text is refused', (t) => {
  refuses(t, '\x80\x04]\x8c\x01x\x93.', 'is cut off or damaged; get the file again.');
});

test('an opcode that Python does not know is refused with its place', (t) => {
  refuses(t, '\x80\x02(\x00', `uses the pickle opcode 0x00 at byte 3, which Python does not know; ${EXPORT}`);
  refuses(t, '\x80\x02\xff', `uses the pickle opcode 0xff at byte 2, which Python does not know; ${EXPORT}`);
});

test('a newer protocol is refused', (t) => {
  refuses(t, '\x80\x06N.', `is a pickle of protocol 6, and cascade reads up to 5; ${EXPORT}`);
});

test('opcodes that find nothing to work on are refused', (t) => {
  const broken = [
    '.',
    '0.',
    't.',
    'h\x05.',
    'q\x00.',
    'K\x01K\x02s.',
    '](K\x01u.',
    'N(K\x01e.',
    'K\x01)R.',
    '(.',
    'X\xff\xff\xff\xff.',
  ];
  for (const pickle of [...broken, '(U\x07storageNNNNtQ.', 'ccollections\nOrderedDict\n]K\x01a\x85R.']) {
    refuses(t, pickle, 'is cut off or damaged; get the file again.');
  }
});

test('a tensor of elements that are not decoded stays data, under the name of their type', (t) => {
  const storage = '(U\x07storagectorch\nComplexFloatStorage\nU\x010U\x03cpuK\x04tQ';
  t.deepEqual(
    parse(`\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(${storage}K\x00K\x02\x85K\x01\x85tR.`),
    object('torch.ComplexFloatStorage'),
  );
});

test('a tensor of more axes than are read is refused with the limit', (t) => {
  const storage = '(U\x07storagectorch\nFloatStorage\nU\x010U\x03cpuK\x04tQ';
  const sizes = `(${'K\x01'.repeat(100)}t`;
  t.throws(() => parse(`ctorch._utils\n_rebuild_tensor_v2\n(${storage}K\x00${sizes}${sizes}tR.`), {
    instanceOf: CascadeError,
    message: /^weights\.pt describes a tensor of 100 axes, and cascade reads up to 64; /,
  });
});

test('a tensor of contradicting description is refused', (t) => {
  const tensor = (view: string): string => {
    const storage = '(U\x07storagectorch\nFloatStorage\nU\x010U\x03cpuK\x04tQ';
    return `\x80\x02ctorch._utils\n_rebuild_tensor_v2\n(${storage}${view}tR.`;
  };
  t.notThrows(() => parse(tensor('K\x00K\x02\x85K\x01\x85')));
  // Offset missing, negative; more strides than sizes; a fractional size; a text for a size
  const broken = [
    '',
    'J\xff\xff\xff\xffK\x02\x85K\x01\x85',
    'K\x00K\x02\x85K\x01K\x01\x86',
    'K\x00G?\xe0\x00\x00\x00\x00\x00\x00\x85K\x01\x85',
    'K\x00U\x012\x85K\x01\x85',
  ];
  for (const view of broken) refuses(t, tensor(view), 'is cut off or damaged; get the file again.');
});
