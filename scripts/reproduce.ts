// Makes the reference runs under results/: all commands on trained networks, and the tables over many draws.
//
// CASCADE_DATA=<folder with CIFAR> npm run reproduce -- <folder with resnet20-12fca82f.th, resnet56-4bfd9763.th, for the chains
// resnet8-cifar10.h5 and, if CIFAR-100 is wanted, resnet20-cifar100.onnx and resnet32-cifar100.onnx; for Fashion-MNIST, which is
// looked for beside CIFAR, fashion-mnist-resnet20.safetensors; in architectures/ what
// scripts/architectures/export.py writes, in families/ what scripts/architectures/families.py does; for ImageNet efficientnet-lite0-57934424.pth and efficientnet-lite2-9656183e.pth> [what onnxruntime fits students and deep heads on: cpu, or cuda where its libraries are]
//
// Cascades that are there already are not attached again.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { defaultDataFolder } from '../lib/data/dataset.js';
import { usageError } from '../lib/errors.js';
import { run } from './reproduce/run.js';
import { CHAINS, RUNS } from './reproduce/runs.js';

/** Cascades whose methods are compared; `means` says of which run the same exits get heads of class means besides. */
const METHOD_NETWORKS = [
  ...['cifar10-resnet20', 'cifar10-resnet56'].map((name) => ({
    name,
    means: RUNS.find((run) => run.name === name),
  })),
  ...['cifar10-chain', 'cifar100-resnet20', 'cifar100-resnet32', 'fashion-mnist-resnet20'].map((name) => ({
    name,
    means: undefined,
  })),
];

/** Files of a run that pictures are made of. */
const PLOTTED = ['eval', 'exits', 'front', 'compare', 'shares', 'reliability', 'time', 'latency'];

/** Draws of the simulation of the promise. */
const DRAWS = 1000;

const [models, device = 'cpu'] = process.argv.slice(2);
if (models === undefined) throw usageError('Give the folder that holds the .th files.');

for (const { weights, data, name, exits, heads, kind } of RUNS) {
  const cascade = `${name}.cascade`;
  const file = path.join(models, weights);
  if (!existsSync(cascade)) {
    if (!existsSync(file)) {
      console.error(`${file} is not there; ${name} is left out.`);
      continue;
    }
    const words = ['attach', file, '--data', data, '--exits', exits, '--out', cascade];
    run('bin/cascade.js', [
      ...words,
      ...(heads === undefined ? [] : ['--heads', heads]),
      ...['--device', device],
    ]);
  }
  if (kind !== 'records') report(name, kind);
}
for (const { members, names, data, name, weight } of CHAINS) {
  const cascade = `${name}.cascade`;
  const files = members.map((member) => (member.endsWith('.cascade') ? member : path.join(models, member)));
  if (!existsSync(cascade)) {
    const missing = files.find((file) => !existsSync(file));
    if (missing !== undefined) {
      console.error(`${missing} is not there; ${name} is left out.`);
      continue;
    }
    run('bin/cascade.js', ['chain', ...files, '--data', data, '--names', names, '--out', cascade]);
  }
  report(name, 'reference');
  run('scripts/resplits.js', [cascade, path.join('results', name, 'resplits.csv'), weight]);
}
// The same cascade with thresholds chosen by milliseconds, in a folder of its own.
if (existsSync('cifar10-resnet20.cascade')) {
  const results = ['--results', path.join('results', 'by-time')];
  run('bin/cascade.js', [
    'calibrate',
    'cifar10-resnet20.cascade',
    '--max-drop',
    '1%',
    '--cost',
    'time',
    ...results,
  ]);
  run('bin/cascade.js', ['eval', 'cifar10-resnet20.cascade', '--measure', ...results]);
}
const fronts = [...RUNS, ...CHAINS]
  .filter(({ name }) => name.startsWith('cifar10-'))
  .flatMap(({ name }) => ['eval', 'front'].map((each) => path.join('results', name, `${each}.csv`)))
  .filter(existsSync);
run('bin/cascade.js', ['plot', ...fronts, '--x', 'time', '--out', path.join('results', 'accuracy-time.png')]);
const timed = [...RUNS, ...CHAINS].map(({ name }) => path.join('results', name, 'time.csv'));
const measured = timed.filter((file) => file.includes('cifar10-') && existsSync(file));
run('bin/cascade.js', ['plot', ...measured, '--out', path.join('results', 'time.png')]);
const networkHeads = RUNS.filter(({ heads }) => /student|deep/.test(heads ?? '')).map(({ name }) => name);
for (const name of ['cifar10-resnet56-many', 'cifar10-resnet56-conv', ...networkHeads]) {
  const results = path.join('results', name.replace('-many', ''), 'resplits.csv');
  if (existsSync(`${name}.cascade`)) run('scripts/resplits.js', [`${name}.cascade`, results, '0.4']);
}
compareMethods();
run('scripts/certificate-power.js', ['cifar10-resnet56.cascade', 'results/certificate/power.csv']);
run('scripts/simulate-promise.js', [
  'cifar10-resnet56-many.cascade',
  String(DRAWS),
  'results/certificate/promise.csv',
]);
const asked = ['cifar10-chain.cascade', 'cifar10-resnet56.cascade'].filter((cascade) => existsSync(cascade));
if (asked.length > 0) {
  run('scripts/ask-labels.js', ['results/labels/labels.csv', ...asked]);
  run('scripts/budget-power.js', ['results/certificate/budget.csv', ...asked.toReversed()]);
  run('scripts/simulate-labels.js', ['results/labels/promise.csv', String(DRAWS), ...asked]);
  run('scripts/sequential-labels.js', ['results/labels/sequential.csv', ...asked]);
  run('scripts/watch-streams.js', ['results/monitor', String(DRAWS), ...asked]);
}
const kinds = ['cifar10-resnet56', 'cifar10-chain', 'cifar100-resnet32']
  .map((name) => `${name}.cascade`)
  .filter((cascade) => existsSync(cascade));
if (kinds.length > 0) {
  run('scripts/promise-kinds.js', ['results/promise-kinds/savings.csv', ...kinds]);
  const simulated = kinds.filter((cascade) => asked.includes(cascade));
  run('scripts/simulate-promise-kinds.js', [
    'results/promise-kinds/promise.csv',
    String(DRAWS),
    ...simulated,
  ]);
}
if (existsSync('cifar10-resnet56.cascade'))
  run('scripts/monitor-stream.js', ['cifar10-resnet56.cascade', 'results/monitor/stream.txt']);

// Architectures from elsewhere, exported by scripts/architectures/export.py.
const architectures = path.join(models, 'architectures');
if (existsSync(architectures)) run('scripts/architectures.js', [architectures]);

// The same as files of tensors alone, saved by scripts/architectures/families.py.
const families = path.join(models, 'families');
if (existsSync(families)) run('scripts/families.js', [families]);

// ImageNet with trained weights, where photographs and Tiny ImageNet are too.
const areLitesThere = existsSync(path.join(models, 'efficientnet-lite2-9656183e.pth'));
const areImagesThere = ['nips-2017', 'tiny-imagenet-200'].every((folder) =>
  existsSync(path.join(defaultDataFolder(), folder)),
);
if (areLitesThere && areImagesThere) run('scripts/imagenet.js', [models]);

/** Sets the published methods side by side on each network, and writes the page of them. */
function compareMethods(): void {
  const folder = path.join('results', 'methods');
  const files = METHOD_NETWORKS.flatMap(({ name, means }) => {
    if (!existsSync(`${name}.cascade`)) return [];
    if (!existsSync(path.join(`${name}.cascade`, 'timings.json')))
      run('bin/cascade.js', ['measure', `${name}.cascade`]);
    const compared = [compareAll(name, folder, ['all'])];
    if (means === undefined) return compared;
    const withMeans = `${name}-means.cascade`;
    if (!existsSync(withMeans)) {
      const file = path.join(models!, means.weights);
      if (!existsSync(file)) return compared;
      const words = ['attach', file, '--data', means.data, '--exits', means.exits, '--out', withMeans];
      run('bin/cascade.js', [...words, '--heads', 'means', '--augment', '0']);
    }
    return [...compared, compareAll(`${name}-means`, folder, ['shared', 'paper-path'])];
  });
  if (files.length > 0) run('scripts/methods-page.js', files);
}

/** @returns the file of the figures. */
function compareAll(name: string, folder: string, methods: readonly string[]): string {
  const words = ['compare', `${name}.cascade`, '--methods', ...methods, '--criteria', 'softmax'];
  run('bin/cascade.js', [...words, '--confidence', '95%', '--budgets', '60%', '--results', folder]);
  const file = path.join(folder, name, 'compare.csv');
  run('bin/cascade.js', ['plot', file]);
  return file;
}

/** Calibrates, evaluates, measures and exports a cascade; with its front and comparison, and pictures of them, where all is wanted. */
function report(name: string, kind: 'reference' | 'times'): void {
  const cascade = `${name}.cascade`;
  const results = path.join('results', name);
  run('bin/cascade.js', ['measure', cascade]);
  run('bin/cascade.js', ['calibrate', cascade, '--max-drop', '1%']);
  run('bin/cascade.js', ['eval', cascade, '--measure']);
  run('bin/cascade.js', ['export', cascade, '--out', `${name}-onnx`, '--force']);
  run('scripts/check-export.js', [cascade, `${name}-onnx`, path.join(results, 'export.csv')]);
  if (kind === 'times') return;
  run('bin/cascade.js', ['sweep', cascade]);
  run('bin/cascade.js', ['compare', cascade]);
  const files = PLOTTED.map((each) => path.join(results, `${each}.csv`));
  run('bin/cascade.js', ['plot', ...files]);
}
