import test from 'ava';
import { Command, Option } from 'commander';
import { parsePercentage } from '../../../../lib/commands/common/parse.js';
import { invocationOf, keepTyped } from '../../../../lib/commands/common/repeat/invocation.js';

function command(): Command {
  const made = new Command('example')
    .argument('[file]')
    .option('--share <share>', '', parsePercentage)
    .option('--list <numbers>', '', (text) => text.split(',').map(Number), [1, 2])
    .option('--names <names...>')
    .addOption(new Option('--level <level>').argParser(parsePercentage).default(0.95, '95%'))
    .option('--all')
    .option('--quiet')
    .option('--config <file>')
    .action(() => {});
  keepTyped(made);
  return made;
}

test('options are kept as they were typed, others as they would be, and what only shows a run is left out', async (t) => {
  const made = command();
  const words = ['a b.txt', '--share', '50%', '--names', 'one', 'two', '--all', '--quiet'];
  await made.parseAsync(words, { from: 'user' });
  const { options, line, arguments: given } = invocationOf(made);
  t.deepEqual(options, { list: '1,2', level: '95%', share: '50%', names: ['one', 'two'], all: true });
  t.deepEqual(given, ['a b.txt']);
  t.is(line, "cascade example 'a b.txt' --share 50% --names one two --all --quiet");
});
