import { readFileSync } from 'node:fs';
import test from 'ava';
import { createProgram } from '../../../lib/commands/program.js';
import { allPages } from '../../../scripts/pages/blocks.js';

/** Turns of phrase that a reader of the field would stumble over. */
const STUMBLES =
  /\b(roads?|house|at hand|in hand|apart|exits? pays?|foretold|next to nobody|dearest|of whom)\b/i;

test('pages speak plain English', (t) => {
  for (const page of allPages().filter((name) => name !== 'CHANGELOG.md')) {
    const text = readFileSync(page, 'utf8')
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/`[^`]*`/g, '');
    const found = text.split('\n').filter((line) => STUMBLES.test(line));
    t.deepEqual(found, [], page);
  }
});

test('the help of every command speaks plain English', (t) => {
  const program = createProgram({ version: '0', signal: new AbortController().signal });
  const helps = [program, ...program.commands].map((command) => command.helpInformation());
  t.deepEqual(
    helps.flatMap((help) => help.split('\n')).filter((line) => STUMBLES.test(line)),
    [],
  );
});
