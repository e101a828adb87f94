import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';

/** The rooms of the house, top to bottom: imports run downwards only. */
const ROOMS = [
  'commands',
  'export',
  'cascade',
  'report',
  'calibrate',
  'heads',
  'exits',
  'engine',
  'data',
  'weights',
  'network',
  'stats',
];

/** Rooms without files, engines and clocks. */
const PURE = ['network', 'stats', 'exits', 'calibrate'];

/** Files above all rooms, which every room may import; they import each other alone. */
const EVERYWHERE = [path.join('lib', 'errors.ts'), path.join('lib', 'printable.ts')];

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
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
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
      if (EVERYWHERE.includes(imported)) continue;
      const [from, to] = [ROOMS.indexOf(roomOf(source.file)), ROOMS.indexOf(roomOf(imported))];
      t.true(from >= 0 && to >= from, `${source.file} imports ${imported}`);
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

test('every import of a local file names one that is there', (t) => {
  const files = new Set(sources.map(({ file }) => file));
  for (const source of sources)
    for (const imported of localImports(source)) t.true(files.has(imported), `${source.file}: ${imported}`);
});
