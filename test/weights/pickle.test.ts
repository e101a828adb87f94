import test from 'ava';
import { CascadeError } from '../../lib/errors.js';
import { ByteCursor } from '../../lib/weights/byte-cursor.js';
import { type PickleValue, parsePickle } from '../../lib/weights/pickle.js';
import { TorchDialect } from '../../lib/weights/pytorch-pickle.js';

function parse(pickle: string): PickleValue {
  return parsePickle(
    new ByteCursor(Buffer.from(pickle, 'latin1'), 'weights.pt'),
    new TorchDialect('weights.pt'),
  );
}

/** Made by CPython 3.11: `pickle.dumps(value, protocol)` of `{'a': [1, 300, -2, 2**40, -2**70, 0.1, None, True, False], 'b': ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)), 'ü': b'\xff'}`. */
const PICKLES = {
  3: 'gAN9cQAoWAEAAABhcQFdcQIoSwFNLAFK/v///4oGAAAAAAABigkAAAAAAAAAAMBHP7mZmZmZmZpOiIllWAEAAABicQMoKUsBhXEESwFLAoZxBUsBSwJLA4dxBihLAUsCSwNLBHRxB3RxCFgCAAAAw7xxCUMB/3EKdS4=',
  4: 'gASVZAAAAAAAAAB9lCiMAWGUXZQoSwFNLAFK/v///4oGAAAAAAABigkAAAAAAAAAAMBHP7mZmZmZmZpOiIlljAFilCgpSwGFlEsBSwKGlEsBSwJLA4eUKEsBSwJLA0sEdJR0lIwCw7yUQwH/lHUu',
  5: 'gAWVZAAAAAAAAAB9lCiMAWGUXZQoSwFNLAFK/v///4oGAAAAAAABigkAAAAAAAAAAMBHP7mZmZmZmZpOiIlljAFilCgpSwGFlEsBSwKGlEsBSwJLA4eUKEsBSwJLA0sEdJR0lIwCw7yUQwH/lHUu',
};

const VALUE = new Map<string, unknown>([
  ['a', [1, 300, -2, 2 ** 40, -(2n ** 70n), 0.1, null, true, false]],
  ['b', [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]],
  ['ü', Buffer.from([0xff])],
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

test('a class is refused by name, however the pickle names it', (t) => {
  const message = `refers to the class os.system, which cascade does not load; ${EXPORT}`;
  refuses(t, '\x80\x02cos\nsystem\n(U\x02lstR.', message);
  refuses(t, '\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02ls\x85R.', message);
});

test('a name of an object property is a class like any other', (t) => {
  refuses(
    t,
    '\x80\x02ctoString\nconstructor\n.',
    `refers to the class toString.constructor, which cascade does not load; ${EXPORT}`,
  );
});

test('an opcode that tensors do not need is refused with its place', (t) => {
  // INST and OBJ of protocol 0 and 1, NEWOBJ, EXT1
  for (const [opcode, hex] of [
    ['i', '69'],
    ['o', '6f'],
    ['\x81', '81'],
    ['\x82', '82'],
    ['\x00', '00'],
  ]) {
    refuses(
      t,
      `\x80\x02(${opcode}`,
      `uses the pickle opcode 0x${hex} at byte 3, which files of tensors do not need; ${EXPORT}`,
    );
  }
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
  for (const pickle of [
    ...broken,
    'ctorch\nFloatStorage\n)R.',
    'NQ.',
    ']Nb.',
    'ccollections\nOrderedDict\n]K\x01a\x85R.',
  ]) {
    refuses(t, pickle, 'is cut off or damaged; get the file again.');
  }
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
