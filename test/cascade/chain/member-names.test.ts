import path from 'node:path';
import test from 'ava';
import { memberNames } from '../../../lib/cascade/chain/member-names.js';

test('networks are called by their files, those called alike with a number', (t) => {
  const files = ['resnet8.th', path.join('a', 'resnet20.onnx'), path.join('b', 'resnet20.onnx'), 'c.cascade'];
  t.deepEqual(memberNames(files), ['resnet8', 'resnet20', 'resnet20-2', 'c']);
  t.deepEqual(memberNames(['x', 'x-2', 'x']), ['x', 'x-2', 'x-3']);
});
