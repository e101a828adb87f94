import { readFileSync } from 'node:fs';
import test from 'ava';
import { createProgram } from '../../../lib/commands/program.js';
import { allPages, commandBlocks } from '../../../scripts/pages/blocks.js';
import { commandNamed, complaintAbout } from '../../../scripts/pages/check-command.js';
import { listedCommands } from '../../../scripts/pages/listed-commands.js';

const pages = allPages();
const commands = createProgram({ version: '0', signal: new AbortController().signal }).commands;
const options = new Set(commands.flatMap((command) => command.options.map(({ long }) => long)));

for (const page of pages.filter((name) => commandBlocks(name).length > 0)) {
  test(`every command in the blocks of ${page} is one that there is, with its options`, (t) => {
    const complaints = commandBlocks(page).flatMap(({ line, script }) =>
      listedCommands(script).map((words) => [line, words.join(' '), complaintAbout(words)]),
    );
    t.deepEqual(
      complaints.filter(([, , complaint]) => complaint !== undefined),
      [],
    );
  });
}

/** What a page quotes in its text: words in backticks. */
function quotedIn(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  return [...text.matchAll(/`([^`]+)`/g)].map(([, words]) => words!.replace(/\s+/g, ' '));
}

/** Programs whose options are their own. */
const STRANGERS = /^(npm|ONNXRUNTIME|git|python|sbatch|run-pages\.js|npx (?!cascade))/;

/** Options that all commands have, and one of a script of npm's. */
const BESIDES = ['--help', '--gpu'];

/** The options in words that the command in them does not have; or, where they name none, that no command has. */
function unknownOptions(words: string): readonly string[] {
  const name = words.replace(/^(npx )?cascade /, '').split(' ')[0]!;
  const own = commandNamed(name)?.options.map(({ long }) => long);
  return [...words.matchAll(/(?:^|\s)(--[a-z-]+)/g)]
    .map(([, option]) => option!)
    .filter((option) => !BESIDES.includes(option) && !(own?.includes(option) ?? options.has(option)));
}

test('every option that a page speaks of is one that there is', (t) => {
  for (const page of pages.filter((name) => name !== 'CHANGELOG.md')) {
    const quoted = quotedIn(page).filter((words) => !STRANGERS.test(words));
    t.deepEqual(
      quoted.filter((words) => unknownOptions(words).length > 0),
      [],
      page,
    );
  }
});

test('commands are listed as Bash reads them, and none is run', (t) => {
  const script =
    'npx cascade attach $(npx cascade fetch x) --out "a b" \\\n  --exits 2,5 # five\nrm -rf /tmp/nothing\n';
  t.deepEqual(listedCommands(script), [
    ['npx', 'cascade', 'fetch', 'x'],
    ['npx', 'cascade', 'attach', 'word', '--out', 'a b', '--exits', '2,5'],
    ['rm', '-rf', '/tmp/nothing'],
  ]);
});

test('what Bash cannot read is said', (t) => {
  t.throws(() => listedCommands('cascade eval <folder>\n'), { message: /^bash: / });
});

test('a command, an option, a choice, a script and a file that are not there are found', (t) => {
  t.regex(complaintAbout(['npx', 'cascade', 'atach'])!, /no command atach/);
  t.regex(complaintAbout(['npx', 'cascade', 'eval', 'a.cascade', '--fast'])!, /no option --fast/);
  t.regex(complaintAbout(['cascade', 'export', 'a.cascade', '--format', 'gguf'])!, /gguf/);
  t.regex(complaintAbout(['cascade', 'eval'])!, /takes 1 arguments/);
  t.regex(complaintAbout(['cascade', 'eval', 'a.cascade', 'b.cascade'])!, /takes no 'b.cascade'/);
  t.regex(complaintAbout(['npm', 'run', 'fly'])!, /no script fly/);
  t.regex(complaintAbout(['node', 'dist/scripts/nowhere.js'])!, /scripts\/nowhere\.ts is not there/);
  t.is(complaintAbout(['cascade', 'calibrate', 'a.cascade', '--max-time', '1.2ms']), undefined);
});
