import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';

/** What Node.js loads before it runs any command. */
const ENTRY = path.join('dist', 'bin', 'cascade.js');

/** Below the commands: names and types of choices, errors and the place of the package; none of them imports a package. */
const LIGHT_FILES = [
  /^errors\.js$/,
  /^printable\.js$/,
  /^files\/(package-root|write-failure)\.js$/,
  /^engine\/most-batched\.js$/,
  /^engine\/open-engine\.js$/,
  /^engine\/onnxruntime\/devices\.js$/,
  /^engine\/tensorflow\/backend-names\.js$/,
  /^calibrate\/(default-search|threshold-methods|neighbours\/neighbour-names)\.js$/,
  /^report\/(table-formats|plot\/picture-formats)\.js$/,
  /^exits\/(criteria|scoring)\.js$/,
  /^exits\/criteria\//,
  /^network\/input\/channel-order\.js$/,
];

/** As compiled: types are gone, so that what stands there is loaded. */
function staticImports(file: string): readonly string[] {
  const code = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...code.matchAll(/^(?:import|export)\b(?:[^'";]*\bfrom)?\s*'([^']+)';/gm)].map(
    ([, specifier]) => specifier!,
  );
}

/** Local files and packages that are loaded with a file. */
function loadedWith(entry: string): {
  readonly files: readonly string[];
  readonly packages: readonly string[];
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const specifier of staticImports(file)) {
      if (specifier.startsWith('.')) visit(path.join(path.dirname(file), specifier));
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  };
  visit(entry);
  return { files: [...files], packages: [...packages] };
}

const names = ['', 'composed'].flatMap((folder) =>
  readdirSync(path.join('lib', 'commands', folder))
    .filter((name) => name.endsWith('.ts') && name !== 'program.ts')
    .map((name) => path.posix.join(folder, path.parse(name).name)),
);

test('before a command runs, commander is the only package that is loaded', (t) => {
  t.deepEqual(loadedWith(ENTRY).packages, ['commander']);
});

test('before a command runs, all commands are loaded and of what is below them light files only', (t) => {
  const library = loadedWith(ENTRY)
    .files.map((file) => path.relative(path.join('dist', 'lib'), file).split(path.sep).join('/'))
    .filter((file) => !file.startsWith('..'));
  for (const name of names) t.true(library.includes(`commands/${name}.js`), name);
  t.deepEqual(
    library.filter((file) => file.startsWith('commands/bodies/')),
    [],
  );
  t.deepEqual(
    library.filter((file) => !file.startsWith('commands/') && !LIGHT_FILES.some((light) => light.test(file))),
    [],
  );
});

test('every command has a body, which is loaded by one import and loads the rest with it', (t) => {
  const program = readFileSync(path.join('lib', 'commands', 'program.ts'), 'utf8');
  const loaded = [...program.matchAll(/import\('\.\/bodies\/([^']+)\.js'\)/g)].map(([, name]) => name!);
  t.deepEqual(loaded.sort(), [...names].sort());
  for (const folder of ['.', 'bodies']) {
    for (const name of names) {
      const file = path.join('lib', 'commands', folder, `${name}.ts`);
      t.notRegex(readFileSync(file, 'utf8'), /\bimport\(/, file);
    }
  }
});

test('the walk finds what a body loads', (t) => {
  const { packages, files } = loadedWith(path.join('dist', 'lib', 'commands', 'bodies', 'eval.js'));
  t.true(packages.includes('zod'));
  t.true(files.includes(path.join('dist', 'lib', 'cascade', 'evaluate-cascade.js')));
});
