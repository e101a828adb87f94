// Makes the reference runs under results/: the whole road on two trained CIFAR-10 networks, and the tables over many draws.
//
// CASCADE_DATA=<folder with CIFAR-10> npm run reproduce -- <folder with resnet20-12fca82f.th and resnet56-4bfd9763.th>
//
// Cascades that are there already are not attached again.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { usageError } from '../lib/errors.js';

/** A network, the cascade made of it and the exits it is given. */
const RUNS = [
  { weights: 'resnet20-12fca82f.th', name: 'cifar10-resnet20', exits: '2,3,4,5,6,7', isReference: true },
  { weights: 'resnet56-4bfd9763.th', name: 'cifar10-resnet56', exits: '8,14,17,23', isReference: true },
  {
    weights: 'resnet56-4bfd9763.th',
    name: 'cifar10-resnet56-many',
    exits: '2,4,6,8,10,12,14,16,17,18,20,22,23,24',
    isReference: false,
  },
] as const;

/** Draws of the simulation of the promise. */
const DRAWS = 1000;

const [models] = process.argv.slice(2);
if (models === undefined) throw usageError('Give the folder that holds the .th files.');

for (const { weights, name, exits, isReference } of RUNS) {
  const cascade = `${name}.cascade`;
  if (!existsSync(cascade)) {
    run('bin/cascade.js', [
      'attach',
      path.join(models, weights),
      '--data',
      'cifar10',
      '--exits',
      exits,
      '--out',
      cascade,
    ]);
  }
  if (!isReference) continue;
  const results = path.join('results', name);
  run('bin/cascade.js', ['calibrate', cascade, '--max-drop', '1%']);
  run('bin/cascade.js', ['eval', cascade, '--measure']);
  run('bin/cascade.js', ['sweep', cascade]);
  run('bin/cascade.js', ['compare', cascade]);
  const files = ['eval', 'exits', 'front', 'compare'].map((file) => path.join(results, `${file}.csv`));
  run('bin/cascade.js', ['plot', ...files]);
}
run('scripts/resplits.js', ['cifar10-resnet56-many.cascade', 'results/cifar10-resnet56/resplits.csv']);
run('scripts/certificate-power.js', ['cifar10-resnet56.cascade', 'results/certificate/power.csv']);
run('scripts/simulate-promise.js', [
  'cifar10-resnet56-many.cascade',
  String(DRAWS),
  'results/certificate/promise.csv',
]);

function run(program: string, words: readonly string[]): void {
  console.error(`\n$ ${[path.basename(program, '.js'), ...words].join(' ')}`);
  const { status } = spawnSync(process.execPath, [path.join('dist', program), ...words], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
