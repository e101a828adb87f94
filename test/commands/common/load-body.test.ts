import test from 'ava';
import { Command } from 'commander';
import type { CommandContext, CommonOptions } from '../../../lib/commands/common/context.js';
import { bodyLoader } from '../../../lib/commands/common/load-body.js';

const SESSION = {
  signal: new AbortController().signal,
  version: '1.2.3',
  cascade: async () => {},
  isStep: false,
};

test('a body is loaded when its command runs, and given its arguments, its options and the context', async (t) => {
  const { signal } = new AbortController();
  const given: [string, CommonOptions, CommandContext][] = [];
  let loaded = 0;
  const action = bodyLoader({ ...SESSION, signal })(async () => {
    loaded++;
    return async (...each: [file: string, options: CommonOptions, context: CommandContext]) => {
      given.push(each);
    };
  });
  const command = new Command('example').argument('<file>').option('--quiet').action(action);
  t.is(loaded, 0);
  await command.parseAsync(['weights.onnx', '--quiet'], { from: 'user' });
  t.is(loaded, 1);
  const [[file, options, context]] = given as [(typeof given)[number]];
  t.is(file, 'weights.onnx');
  t.deepEqual(options, { quiet: true });
  t.is(context.version, '1.2.3');
  t.is(context.signal, signal);
});

test('a body that fails fails its command', async (t) => {
  const load = bodyLoader(SESSION);
  const action = load(async () => async (_options: CommonOptions, _context: CommandContext) => {
    throw new Error('no such file');
  });
  const command = new Command('example').action(action);
  await t.throwsAsync(command.parseAsync([], { from: 'user' }), { message: 'no such file' });
});
