// ImageNet with trained weights: makes results/imagenet-photographs, imagenet-tiny and imagenet-tiny-chain.
//
// CASCADE_DATA=<folder with nips-2017 and tiny-imagenet-200> node dist/scripts/imagenet.js <folder with efficientnet-lite0-57934424.pth
// and efficientnet-lite2-9656183e.pth>
//
// Cascades that are there already are not made again.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { usageError } from '../lib/errors.js';
import { describeAt } from './imagenet/describe-at.js';
import { run } from './reproduce/run.js';

const [models] = process.argv.slice(2);
if (models === undefined) throw usageError('Give the folder that holds the .pth files.');
const [lite0, lite2] = ['efficientnet-lite0-57934424.pth', 'efficientnet-lite2-9656183e.pth'].map((name) =>
  path.join(models, name),
) as [string, string];

/** Images of 64×64 have no margin to cut off. */
const STRETCHED = { resize: 'stretch', interpolation: 'bicubic' };

const photographs = await describeAt('nips-2017', 260, {
  preprocessing: { resize: 'short-side', size: 297, interpolation: 'bicubic' },
});
const tiny = await describeAt('tiny-imagenet', 224, { preprocessing: STRETCHED });
// 4,000 of the 10,000 validation images, since both networks run on each.
const tinyChain = await describeAt('tiny-imagenet', 260, { preprocessing: STRETCHED, tested: 4000 });

make('imagenet-photographs', ['chain', lite0, lite2, '--image-sizes', '224,260', ...named(photographs)]);
run('scripts/resplits.js', [
  'imagenet-photographs.cascade',
  'results/imagenet-photographs/resplits.csv',
  '0.8',
]);
make('imagenet-tiny', [
  ...['attach', lite0, '--exits', '1,3,5,7', '--fit-images', '20000', '--augment', '0'],
  ...['--data', tiny],
]);
make('imagenet-tiny-chain', ['chain', 'imagenet-tiny.cascade', lite2, ...named(tinyChain)]);

function named(dataset: string): readonly string[] {
  return ['--names', 'lite0,lite2', '--data', dataset];
}

/** Makes a cascade, and its figures. */
function make(name: string, words: readonly string[]): void {
  const cascade = `${name}.cascade`;
  if (!existsSync(cascade)) run('bin/cascade.js', [...words, '--out', cascade]);
  run('bin/cascade.js', ['calibrate', cascade, '--max-drop', '1%']);
  run('bin/cascade.js', ['eval', cascade]);
  run('bin/cascade.js', ['sweep', cascade]);
}
