import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';

/** The rooms of the house, top to bottom: imports run downwards only. */
const ROOMS = [
  'index.ts',
  'commands',
  'report',
  'export',
  'cascade',
  'records',
  'router',
  'artifact',
  'heads',
  'training',
  'engine',
  'data',
  'weights',
  'calibrate',
  'network',
  'exits',
  'onnx',
  'files',
  'stats',
];

/** What stands in no room: any of them may import it, and it imports nothing of theirs. */
const DOORSTEP = ['errors.ts', 'reporter.ts', 'printable.ts', 'counted.ts'].map((name) =>
  path.join('lib', name),
);

/** Rooms without files, engines and clocks. */
const PURE = ['network', 'stats', 'exits', 'calibrate'];

interface Source {
  readonly file: string;
  readonly imports: readonly string[];
  readonly text: string;
}

const sources: readonly Source[] = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const file = path.join('lib', name);
    const text = readFileSync(file, 'utf8');
    // Examples in doc comments import the package as its users do.
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
    const imports = [...code.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map(
      ([, specifier]) => specifier!,
    );
    return { file, imports, text };
  });

function localImports({ file, imports }: Source): string[] {
  return imports
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => path.join(path.dirname(file), specifier).replace(/\.js$/, '.ts'));
}

function roomOf(file: string): string {
  return file.split(path.sep)[1]!;
}

test('the house has sources to look at', (t) => {
  t.true(sources.length > 50);
});

test('no import runs upwards', (t) => {
  for (const source of sources) {
    for (const imported of localImports(source)) {
      if (DOORSTEP.includes(imported)) continue;
      const [from, to] = [ROOMS.indexOf(roomOf(source.file)), ROOMS.indexOf(roomOf(imported))];
      t.true(
        !DOORSTEP.includes(source.file) && from >= 0 && to >= from,
        `${source.file} imports ${imported}`,
      );
    }
  }
});

test('no imports go in a circle', (t) => {
  const graph = new Map(sources.map((source) => [source.file, localImports(source)]));
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    t.false(trail.includes(file), [...trail, file].join(' → '));
    if (done.has(file) || trail.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
});

test('network, stats, exits and calibrate touch no file, no engine, no clock', (t) => {
  for (const { file, imports, text } of sources.filter(({ file }) => PURE.includes(roomOf(file)))) {
    t.deepEqual(
      imports.filter((specifier) => !specifier.startsWith('.')),
      [],
      file,
    );
    t.notRegex(text, /Date\.now|performance\.now|Math\.random|process\./, file);
  }
});

test('no list is pushed onto another as the arguments of a call, of which it takes some hundred thousand', (t) => {
  const spread = /\.(push|unshift)\(\s*\.\.\./;
  t.deepEqual(
    sources.filter(({ text }) => spread.test(text)).map(({ file }) => file),
    [],
  );
});

test('TensorFlow.js is required, since an ES import first reads its megabytes for the names that they export', (t) => {
  const importing = /^(?:import|export) (?!type)[^;=]*'@tensorflow|await import\('@tensorflow/m;
  t.deepEqual(
    sources.filter(({ text }) => importing.test(text)).map(({ file }) => file),
    [],
  );
  for (const way of ['import * as tf from', 'import', 'export * from', 'await import('])
    t.true(importing.test(`${way} '@tensorflow/tfjs-core'`.replace('( ', '(')), way);
});

test('every import of a local file names one that is there', (t) => {
  const files = new Set(sources.map(({ file }) => file));
  for (const source of sources)
    for (const imported of localImports(source)) t.true(files.has(imported), `${source.file}: ${imported}`);
});

/** What may import from `lib`: its own files, and what stands around it. */
const importers = [
  ...sources.map(({ file, text }) => ({ file, text })),
  ...['bin', 'scripts', 'test', 'examples'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      // Some folders have packages of their own.
      .filter((name) => /\.(ts|mjs|js)$/.test(name) && !name.includes('node_modules'))
      .map((name) => path.join(folder, name))
      .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
  ),
];

test('what a file exports another imports, be it a test; types are named for those who read a signature', (t) => {
  for (const { file, text } of sources) {
    const importing = new RegExp(`/${path.basename(file, '.ts')}\\.js'`);
    const users = importers.filter((other) => other.file !== file && importing.test(other.text));
    for (const [, name] of text.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)) {
      const word = new RegExp(`\\b${name}\\b`);
      t.true(
        users.some((other) => word.test(other.text)),
        `${file}: ${name}`,
      );
    }
  }
});

test('CONTRIBUTING.md lists the rooms from top to bottom', (t) => {
  const listed = readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| `([a-z]+)\/` \|/gm);
  t.deepEqual(
    [...listed].map(([, room]) => room!),
    ROOMS.filter((room) => !room.endsWith('.ts')),
  );
});

test('docs/architecture.md names every room', (t) => {
  const text = readFileSync(path.join('docs', 'architecture.md'), 'utf8');
  const rooms = ROOMS.filter((room) => !room.endsWith('.ts'));
  t.deepEqual(
    rooms.filter((room) => !new RegExp(`\\b${room}\\b`).test(text)),
    [],
  );
});

/** Folders whose files are a function each. */
const FUNCTION_FOLDERS = [path.join('lib', 'stats')];

test('a folder has at most 20 files, but where a file is a function', (t) => {
  const counts = new Map<string, number>();
  for (const { file } of sources) {
    const folder = path.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  for (const [folder, count] of counts)
    t.true(count <= 20 || FUNCTION_FOLDERS.includes(folder), `${folder}: ${count}`);
});
