import { execFileSync } from 'node:child_process';
import test from 'ava';
import fc from 'fast-check';
import { shellWords } from '../../../../lib/commands/common/repeat/shell-words.js';

test('a shell reads the words back as they were', (t) => {
  const word = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      const printed = execFileSync('bash', ['-c', `printf '%s\\0' ${shellWords(words)}`], {
        encoding: 'utf8',
      });
      return printed === words.map((each) => `${each}\0`).join('');
    }),
    { numRuns: 20 },
  );
  t.is(shellWords(['eval', 'r56.cascade', '--max-drop', '1%']), 'eval r56.cascade --max-drop 1%');
  t.is(shellWords(['my photos', '']), "'my photos' ''");
});
