import test from 'ava';
import { blockName, exitLabel, memberExitName } from '../../lib/artifact/exit-names.js';

test('an exit is a block in a word, and in a chain stands behind its network', (t) => {
  t.is(exitLabel({ block: 8, name: blockName(8) }), '8');
  t.is(exitLabel({ block: 3, name: 'exit 3' }), '3');
  t.is(exitLabel({ block: null, name: memberExitName('resnet20') }), 'resnet20');
  t.is(exitLabel({ block: 5, name: memberExitName('resnet20', blockName(5)) }), 'resnet20:5');
});

test('a comma in the name of a network does not cut it', (t) => {
  t.is(exitLabel({ block: 5, name: memberExitName('net, v2', blockName(5)) }), 'net, v2:5');
  t.is(exitLabel({ block: null, name: memberExitName('net, v2') }), 'net, v2');
});
