import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';

const DOCUMENTS = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md', 'docs/promise.md'],
  ...['datasets/README.md', 'examples/README.md', 'results/README.md'],
];

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

test('the rooms that CONTRIBUTING.md lists are the folders of lib', (t) => {
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
