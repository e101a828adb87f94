import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { type Answer, Cascade } from '../lib/index.js';
import { smallCascade } from './support/small-cascade.js';

const { name: PACKAGE } = JSON.parse(await readFile('package.json', 'utf8')) as { name: string };

/** Runs a program to its end in a folder. @returns what it wrote on standard output. */
async function run(folder: string, program: string, ...words: readonly string[]): Promise<string> {
  return (await runIn({}, folder, program, ...words)).stdout;
}

async function runIn(
  environment: NodeJS.ProcessEnv,
  folder: string,
  program: string,
  ...words: readonly string[]
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return promisify(execFile)(program, words, {
    cwd: folder,
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 24,
  }).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${program} ${words.join(' ')}: ${error.stdout}${error.stderr}`);
  });
}

/** A network in which only npm's registry is found. */
async function registryOnly(): Promise<NodeJS.ProcessEnv> {
  const registry = (await run('.', 'npm', 'config', 'get', 'registry')).trim();
  const preloaded = new URL('./support/registry-only.js', import.meta.url).href;
  return { CASCADE_TEST_HOSTS: new URL(registry).hostname, NODE_OPTIONS: `--import=${preloaded}` };
}

const isOnline = await run('.', 'npm', 'view', 'zod', 'version', '--fetch-retries=0', '--fetch-timeout=10000')
  .then(() => true)
  .catch(() => false);
if (!isOnline) console.log('package.test: skipped what installs the package, for npm reaches no registry');
const installed = isOnline ? test.serial : test.serial.skip;

/** A user's project with the packed package installed, and what npm packed; made once for all tests. */
let project: string;
let packed: readonly string[];
let tarball: string;

test.before(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'cascade-package-'));
  const [{ filename, files }] = JSON.parse(
    await run('.', 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', project),
  ) as [{ filename: string; files: readonly { path: string }[] }];
  packed = files.map(({ path }) => path);
  tarball = `./${filename}`;
  await writeFile(path.join(project, 'package.json'), '{ "private": true, "type": "module" }');
  if (!isOnline) return;
  await runIn(await registryOnly(), project, 'npm', 'install', tarball, '--prefer-offline');
});

test.after.always(() => rm(project, { recursive: true, force: true }));

/** Runs a program of the user's project. @returns what it printed, as JSON. */
async function runModule(name: string, text: string, ...words: readonly string[]): Promise<unknown> {
  await writeFile(path.join(project, name), text);
  return JSON.parse(await run(project, process.execPath, name, ...words));
}

test.serial('what is packed is what is needed to run it, and nothing else', (t) => {
  const places = packed.map((file) => file.replace(/^(dist\/[^/]+|[^/]+)\/.*$/, '$1'));
  t.deepEqual(
    [...new Set(places)].sort(),
    [
      ...['CHANGELOG.md', 'CITATION.cff', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'],
      ...['datasets', 'dist/bin', 'dist/lib', 'examples', 'install', 'pages'],
    ].sort(),
  );
  for (const file of packed.filter((name) => name.startsWith('dist/'))) {
    const source = file.replace(/^dist\//, '').replace(/(\.d)?\.[jt]s$/, '.ts');
    t.true(existsSync(source), `${file} comes from no source`);
  }
});

test.serial(
  'whatever runs a script of its own when it is installed is optional, for that may need more than the registry',
  async (t) => {
    const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
      packages: Record<string, { hasInstallScript?: true; optional?: true; dev?: true }>;
    };
    const scripted = Object.entries(packages).filter(
      ([name, { hasInstallScript, dev }]) => name !== '' && hasInstallScript && !dev,
    );
    t.deepEqual(
      scripted.filter(([, { optional }]) => !optional).map(([name]) => name),
      [],
    );
  },
);

installed("where only npm's registry is reached, a plain installation has onnxruntime", async (t) => {
  t.true(existsSync(path.join(project, 'node_modules', 'onnxruntime-node', 'dist', 'index.js')));
  const program = `
    import * as ort from 'onnxruntime-node';
    console.log(JSON.stringify(typeof ort.InferenceSession.create));
  `;
  t.is(await runModule('engine.js', program), 'function');
});

installed('what is packed could be published as it is', async (t) => {
  const { stdout, stderr } = await runIn({}, project, 'npm', 'publish', tarball, '--dry-run', '--json');
  const published = JSON.parse(stdout) as Record<string, { readonly files: readonly unknown[] }>;
  t.is(published[PACKAGE]!.files.length, packed.length);
  // npm mends what it does not like in a package.json, and says so in a warning.
  t.notRegex(stderr, /auto-corrected|private/);
});

installed('the command line of an installed package says its version', async (t) => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  t.is((await run(project, 'npx', '--no-install', 'cascade', '--version')).trim(), version);
});

installed(
  'the command line of an installed package reads the network and the images that come with it',
  async (t) => {
    const network = path.join(
      'node_modules',
      PACKAGE,
      'datasets',
      'fashion-mnist-sample',
      'resnet20.safetensors',
    );
    const words = ['inspect', network, '--data', 'fashion-mnist-sample'];
    const inspected = await run(project, 'npx', '--no-install', 'cascade', ...words);
    // 28² · 9 · (16 + 6 · 16²) + 14² · 9 · (16 · 32 + 5 · 32²) + 7² · 9 · (32 · 64 + 5 · 64²) + 64 · 10
    t.regex(inspected, /30,821,248/);
  },
);

/** Classifies the same invented images as the program below. */
async function classifiedBySources(folder: string): Promise<readonly Answer[]> {
  const cascade = await Cascade.load(folder);
  const length = 20 * cascade.inputShape.reduce((size, each) => size * each);
  const answers = await cascade.classify(Uint8Array.from({ length }, (_, index) => (index * 37) % 256));
  await cascade.dispose();
  return answers;
}

const CLASSIFY = `
  import { Cascade } from '${PACKAGE}';
  const cascade = await Cascade.load(process.argv[2]);
  const length = 20 * cascade.inputShape.reduce((size, each) => size * each);
  console.log(JSON.stringify(await cascade.classify(Uint8Array.from({ length }, (_, index) => (index * 37) % 256))));
  await cascade.dispose();
`;

installed('an installed package classifies with a cascade folder as its sources do', async (t) => {
  const { folder } = await smallCascade(t);
  t.deepEqual(await runModule('classify.js', CLASSIFY, folder), await classifiedBySources(folder));
});

installed('where onnxruntime was not to be installed, a package classifies all the same', async (t) => {
  const { folder } = await smallCascade(t);
  const library = path.join(project, 'node_modules', 'onnxruntime-node');
  await rename(library, `${library}-away`);
  t.teardown(() => rename(`${library}-away`, library));
  const answers = (await runModule('classify.js', CLASSIFY, folder)) as readonly Answer[];
  const where = ({ label, block, macs }: Answer) => ({ label, block, macs });
  t.deepEqual(answers.map(where), (await classifiedBySources(folder)).map(where));
});

installed('an installed package throws errors that a program can tell apart', async (t) => {
  const program = `
    import { Cascade, CascadeError } from '${PACKAGE}';
    const codes = [];
    for (const [folder, options] of [['nowhere.cascade', {}], ['nowhere.cascade', { maxDrop: 7 }]])
      await Cascade.load(folder, options).catch((error) => codes.push(error instanceof CascadeError && error.code));
    console.log(JSON.stringify(codes));
  `;
  t.deepEqual(await runModule('errors.js', program), ['CASCADE_FAILED', 'CASCADE_WRONG_USAGE']);
});

installed('an installed package chooses thresholds with a promise, from recorded outputs', async (t) => {
  // The first exit says what the full network says, less surely where that is wrong: all may leave there, at no drop.
  const program = `
    import { chooseCertified, DEFAULT_SCORING } from '${PACKAGE}/calibrate';
    import { createRandom } from '${PACKAGE}/stats';
    const [images, classes, random] = [1000, 3, createRandom(1)];
    const labels = Uint16Array.from({ length: images }, () => classes * random());
    const fullLogits = new Float32Array(images * classes);
    labels.forEach((label, image) => {
      const isRight = image % 10 !== 0;
      fullLogits[image * classes + (isRight ? label : (label + 1) % classes)] = (isRight ? 3 : 1) + random();
    });
    const costs = { backbone: [10], heads: [1], full: 100 };
    const outputs = { classes, labels, exitLogits: [fullLogits], fullLogits, costs };
    const search = { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false };
    const { path, point } = chooseCertified(outputs, search, { kind: 'max-drop', drop: 0.02 }, 0.95, 0);
    console.log(JSON.stringify({ images: path.images, lost: point.breaks - point.repairs, macs: point.cost / path.images }));
  `;
  t.deepEqual(await runModule('calibrate.js', program), { images: 700, lost: 0, macs: 11 });
});

installed('an installed package gives the values of its statistics', async (t) => {
  const program = `
    import { clopperPearson, normalQuantile } from '${PACKAGE}/stats';
    console.log(JSON.stringify([normalQuantile(0.975), clopperPearson(0, 10, 0.95)]));
  `;
  const [quantile, interval] = (await runModule('stats.js', program)) as [number, { high: number }];
  // R: qnorm(0.975), binom.test(0, 10)$conf.int[2]
  t.true(Math.abs(quantile - 1.959963984540054) < 1e-12);
  t.true(Math.abs(interval.high - 0.3084971) < 1e-7);
});

/** The modules that users import, each with what its example takes as given. */
const MODULES: Readonly<Record<string, string>> = {
  'index.ts': '',
  'calibrate/index.ts': `declare const outputs: import('${PACKAGE}/calibrate').RecordedOutputs;\n`,
  'stats/index.ts': '',
};

async function exampleOf(t: ExecutionContext, module: string): Promise<string> {
  const text = await readFile(path.join('lib', module), 'utf8');
  const [, example] = /^ \* @example\n([\s\S]*?)^ \* @module/m.exec(text) ?? [];
  t.truthy(example, `${module} has an example`);
  return example!.replace(/^ \* ?/gm, '');
}

installed(
  'the examples of the modules compile in a strict project against the installed types',
  async (t) => {
    const folder = path.join(project, 'typed');
    await mkdir(folder);
    for (const [module, given] of Object.entries(MODULES)) {
      const name = `${path.dirname(module).replace('.', 'cascade')}.ts`;
      await writeFile(path.join(folder, name), given + (await exampleOf(t, module)));
    }
    const compilerOptions = {
      ...{ module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'], types: [], noEmit: true },
      ...{
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
      },
    };
    await writeFile(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    );
    t.is(await run(folder, process.execPath, COMPILER, '-p', '.'), '');
  },
);

const COMPILER = path.resolve('node_modules', 'typescript', 'bin', 'tsc');

installed('a program in TypeScript compiles with the defaults of its compiler, and runs', async (t) => {
  await writeFile(
    path.join(project, 'program.ts'),
    `
      import { CascadeError, type Answer } from '${PACKAGE}';
      import { DEFAULT_SCORING, type Scoring } from '${PACKAGE}/calibrate';
      import { normalQuantile } from '${PACKAGE}/stats';
      const scoring: Scoring = DEFAULT_SCORING;
      const answers: Answer[] = [];
      const median: number = normalQuantile(0.5);
      console.log(JSON.stringify([answers.length, scoring.top, median, new CascadeError('').code]));
    `,
  );
  await run(project, process.execPath, COMPILER, 'program.ts', '--module', 'nodenext', '--types', '');
  t.is((await run(project, process.execPath, 'program.js')).trim(), '[0,1,0,"CASCADE_FAILED"]');
});

installed('a program of CommonJS imports the package', async (t) => {
  await writeFile(
    path.join(project, 'program.cjs'),
    `import('${PACKAGE}').then(({ CascadeError }) => console.log(new CascadeError('as said').message));`,
  );
  t.is((await run(project, process.execPath, 'program.cjs')).trim(), 'as said');
});
