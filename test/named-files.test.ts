import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { allPages } from '../scripts/pages/blocks.js';

const DOCUMENTS = allPages();

/** Folders of the repository whose files are named by their path in it. */
const FOLDERS = ['.ci', 'bin', 'datasets', 'docs', 'examples', 'lib', 'results', 'scripts', 'test'];

/** What a command of the project makes. */
const MADE = ['docs/api'];

/** What a document names as a file or folder of the repository: words in backticks, and targets of links. */
function namedIn(document: string): string[] {
  const text = readFileSync(document, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, word]) => word!)
    .filter((word) => FOLDERS.includes(word.split('/')[0]!) && word.includes('/'));
  const linked = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => path.join(path.dirname(document), target));
  return [...quoted, ...linked];
}

/** Whether a path is there; `<name>` in it stands for any name. */
function isThere(name: string): boolean {
  if (!name.includes('<')) return existsSync(name);
  const pattern = path.basename(name).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const file = new RegExp(`^${pattern.replace(/<[^>]*>/g, '[^/]+')}$`);
  return readdirSync(path.dirname(name)).some((entry) => file.test(entry));
}

for (const document of DOCUMENTS) {
  test(`every file and folder of the repository that ${document} names is there`, (t) => {
    const named = namedIn(document);
    t.deepEqual(
      named.filter((name) => !MADE.includes(name) && !isThere(name)),
      [],
    );
  });
}

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(document: string): readonly string[] {
  const text = readFileSync(document, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

for (const document of DOCUMENTS) {
  test(`every section that ${document} links to is there`, (t) => {
    const links = readFileSync(document, 'utf8').matchAll(/\]\(([^)\s#:]*)#([^)\s]+)\)/g);
    const dead = [...links].filter(([, target, anchor]) => {
      const page = target === '' ? document : path.join(path.dirname(document), target!);
      return !anchorsOf(page).includes(anchor!);
    });
    t.deepEqual(
      dead.map(([link]) => link),
      [],
    );
  });
}

test('every page of docs is in its index, and the index in the README', (t) => {
  const index = readFileSync(path.join('docs', 'README.md'), 'utf8');
  for (const name of readdirSync('docs').filter((name) => name.endsWith('.md') && name !== 'README.md'))
    t.true(index.includes(`](${name})`), name);
  t.true(readFileSync('README.md', 'utf8').includes('](docs/README.md)'));
});

test('the README begins with the commands that are run to check a clone, and is read in a minute', (t) => {
  const readme = readFileSync('README.md', 'utf8');
  const [, first] = /^```sh[^\n]*\n([\s\S]*?)^```$/m.exec(readme)!;
  const commands = first!.split('\n').map((line) => line.replace(/ *#.*$/, ''));
  const checked = readFileSync(path.join('.ci', 'run'), 'utf8');
  t.deepEqual(commands, ['npm run demo', 'npm test', '']);
  t.regex(checked, /^npm run demo /m);
  t.regex(checked, /^counted npm test$/m);
  t.true(readme.split('\n').length <= 120);
});

test('the folders that CONTRIBUTING.md lists are the folders of lib', (t) => {
  const table = readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `([a-z]+)\/` \|/gm);
  const folders = readdirSync('lib', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  t.deepEqual([...table].map(([, room]) => room!).sort(), folders.map(({ name }) => name).sort());
});

test('a file that is not there, and one that stands for none, are found', (t) => {
  t.false(isThere('lib/nowhere.ts'));
  t.false(isThere('lib/report/<name>.py'));
  t.true(isThere('lib/report/<name>.ts'));
  t.true(namedIn('CONTRIBUTING.md').includes('lib/network/graph.ts'));
});
