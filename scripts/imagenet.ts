// ImageNet with trained weights: makes results/imagenet-photographs, imagenet-tiny, imagenet-tiny-lite2 and imagenet-tiny-chain.
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
const tinyChain = await describeAt('tiny-imagenet', 260, {
  ...{ preprocessing: STRETCHED, called: 'tiny-imagenet-260-first', tested: 4000 },
});
const tinyLarge = await describeAt('tiny-imagenet', 260, { preprocessing: STRETCHED });

const AVERAGED_HEADS = '0.4';
const AVERAGED_NETWORKS = '0.8';

const NAMES = ['--names', 'lite0,lite2'];
const FIT = ['--exits', '1,3,5,7', '--fit-images', '20000', '--augment', '0'];

make('imagenet-photographs', photographs, AVERAGED_NETWORKS, [
  ...['chain', lite0, lite2, ...NAMES, '--image-sizes', '224,260'],
]);
make('imagenet-tiny', tiny, AVERAGED_HEADS, ['attach', lite0, ...FIT]);
run('scripts/imagenet-pass.js', ['imagenet-tiny.cascade', tiny, 'results/imagenet-tiny/pass.csv']);
make('imagenet-tiny-lite2', tinyLarge, AVERAGED_HEADS, ['attach', lite2, ...FIT]);
make('imagenet-tiny-chain', tinyChain, AVERAGED_NETWORKS, [
  'chain',
  'imagenet-tiny.cascade',
  lite2,
  ...NAMES,
]);

const fronts = ['imagenet-photographs', 'imagenet-tiny', 'imagenet-tiny-lite2'].map((name) =>
  path.join('results', name, 'front.csv'),
);
run('bin/cascade.js', ['plot', ...fronts, '--out', path.join('results', 'imagenet.png')]);

/**
 * Makes a cascade, and its figures.
 *
 * @param dataset the folder of its description.
 * @param averaged the weight of the exits before the last in its output, for `resplits`.
 */
function make(name: string, dataset: string, averaged: string, words: readonly string[]): void {
  const cascade = `${name}.cascade`;
  const data = ['--data', dataset];
  if (!existsSync(cascade)) run('bin/cascade.js', [...words, ...data, '--out', cascade]);
  run('bin/cascade.js', ['calibrate', cascade, '--max-drop', '1%']);
  run('bin/cascade.js', ['eval', cascade, '--measure', ...data]);
  run('bin/cascade.js', ['sweep', cascade]);
  run('scripts/resplits.js', [cascade, `results/${name}/resplits.csv`, averaged]);
}
