import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import test from 'ava';
import { randomBackbone } from '../lib/network/random-network.js';
import { syntheticPopulation } from './support/synthetic-population.js';

/** Examples that are not run, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'index.ts': 'it needs a cascade folder and a picture',
  'cascade/cascade.ts': 'it needs the cascade that the demonstration makes and the pixels of an image',
  'cascade/monitor/monitor.ts': 'it needs the same',
};

/** What examples take as given, by the file that they are in. */
const GIVEN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'calibrate/index.ts': { outputs: syntheticPopulation(2000, 3, 1) },
  'weights/describe-network.ts': { graph: randomBackbone(5).graph },
  'weights/families/resnet-title.ts': {
    network: {
      ...{ block: 'bottleneck', bottleneckStride: '3x3', shortcut: 'convolution' },
      stem: { widths: [64], downsamples: true, pooled: true },
      stages: [3, 4, 6, 3].map((blocks) => ({ blocks, width: 64, outputWidth: 256, groups: 1 })),
    },
  },
};

interface Example {
  /** Inside `lib`. */
  readonly file: string;
  readonly lines: readonly string[];
}

/** The examples of all doc comments, each up to the next tag or the end of its comment. */
function examplesOf(file: string): Example[] {
  const comments = readFileSync(path.join('lib', file), 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return comments.flatMap((comment) => {
    const text = comment.slice(3, -2).replace(/^ *\* ?/gm, '');
    return [...text.matchAll(/^\s*@example\b([\s\S]*?)(?=^\s*@\w|(?![\s\S]))/gm)].map(([, body]) => ({
      file,
      lines: body!
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    }));
  });
}

const files = readdirSync('lib', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(path.sep).join('/'))
  .sort();
const examples = files.flatMap(examplesOf);

/** What stands behind a line's `//`: a value, and sometimes what is to be said of it. */
const PROMISE = /^(?<call>.*?\S);? *\/\/ *(?<promise>.*)$/;

/** The longest beginning of a text that is a value, as it is written. */
function valueIn(promise: string): string {
  for (let end = promise.length; end > 0; end--) {
    const text = promise.slice(0, end);
    try {
      vm.runInNewContext(`(${text})`);
    } catch {
      continue;
    }
    if (/^( = |: | as |$)/.test(promise.slice(end))) return text;
  }
  throw new Error(`"${promise}" begins with no value`);
}

/** A value with every number as text, with as many digits behind the point as the next of the literals has. */
function written(value: unknown, literals: string[]): unknown {
  if (typeof value === 'number') {
    const digits = literals.shift()?.split('.')[1]?.length ?? 0;
    return value.toFixed(digits);
  }
  if (ArrayBuffer.isView(value) || Array.isArray(value))
    return Array.from(value as unknown as ArrayLike<unknown>, (part) => written(part, literals));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, written(part, literals)]));
  return value;
}

/** The numbers of a literal in their order, as they are written. */
function numbersIn(literal: string): string[] {
  return literal.replace(/'[^']*'/g, '').match(/-?\d+(\.\d+)?/g) ?? [];
}

for (const { file, lines } of examples.filter(({ file }) => !(file in NOT_RUN))) {
  test(`the example of ${file} prints what it promises: ${lines.find((line) => PROMISE.test(line))}`, async (t) => {
    const module = (await import(`../lib/${file.replace(/\.ts$/, '.js')}`)) as Record<string, unknown>;
    const scope = { ...module, ...GIVEN[file], results: [] as unknown[] };
    const promises: string[] = [];
    const program = lines
      // The example imports the package as its users do, the test the module beside it.
      .filter((line) => !line.startsWith('import '))
      .map((line) => {
        const { call, promise } = PROMISE.exec(line)?.groups ?? {};
        if (call === undefined) return line;
        promises.push(valueIn(promise!));
        return `results.push(${call});`;
      });
    vm.compileFunction(program.join('\n'), Object.keys(scope))(...Object.values(scope));
    t.true(promises.length > 0);
    for (const [index, promise] of promises.entries()) {
      const found = written(scope.results[index], numbersIn(promise));
      t.deepEqual(found, written(vm.runInThisContext(`(${promise})`), numbersIn(promise)));
    }
  });
}

test('only examples that are there are left out', (t) => {
  const withExamples = new Set(examples.map(({ file }) => file));
  for (const file of [...Object.keys(NOT_RUN), ...Object.keys(GIVEN)]) t.true(withExamples.has(file), file);
});
