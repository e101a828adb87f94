import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadDescription } from '../../lib/data/dataset-description.js';
import { readsOrRefuses } from '../support/mutations.js';
import { temporaryFolder } from '../support/run-cascade.js';

const GOOD = {
  name: 'mine',
  title: 'Mine',
  format: 'image-folder',
  class_names: ['cat', 'dog'],
  shape: [3, 8, 8],
  normalization: { mean: [0, 0, 0], std: [1, 1, 1] },
  files: { train: ['train'], test: ['../elsewhere/test'] },
  splits: {
    fit: { from: 'train', half: 0 },
    calibration: { from: 'train', half: 1 },
    test: { from: 'test' },
  },
};

async function described(t: ExecutionContext, change: object): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, 'dataset.json'), `\ufeff${JSON.stringify({ ...GOOD, ...change })}`);
  return folder;
}

test('a description may read from other folders, and begin with the mark of Windows', async (t) => {
  const { description } = await loadDescription(await described(t, {}));
  t.deepEqual(description.files['test'], [
    { paths: ['../elsewhere/test'], first_label: 0, label_column: 'label' },
  ]);
});

const refusals: Readonly<Record<string, readonly [change: object, message: RegExp]>> = {
  'a path that stands twice in a list': [
    { files: { ...GOOD.files, train: ['train', 'train'] } },
    /files\.train.*a path stands there more than once/,
  ],
  'a path that stands twice in a group': [
    { files: { ...GOOD.files, train: { paths: ['train', 'train'] } } },
    /files\.train.*a path stands there more than once/,
  ],
  'a split from a folder above': [
    { splits: { ...GOOD.splits, test: { from: '../../v2' } } },
    /splits\.test\.from: it must be a plain name/,
  ],
  'a group of files named like a path': [
    { files: { ...GOOD.files, '../x': ['x'] } },
    /files\.\.\.\/x: it must be a plain name|files/,
  ],
  'a split from a name that every object has': [
    { splits: { ...GOOD.splits, test: { from: 'constructor' } } },
    /takes the split test from constructor, which is not among its files/,
  ],
  'images under two names': [
    { files: { train: ['train'], test: ['./train/'] } },
    /uses the same images for fit and test; no image may serve two purposes/,
  ],
  'a name that is a path': [{ name: '../../x' }, /name: it must be a plain name/],
  'a name with control characters': [{ name: 'a\u001b' }, /name: it must be a plain name/],
  'a hidden name': [{ name: '..' }, /name: it must be a plain name/],
  'a folder above': [{ folder: 'a/../../b' }, /folder: it must be a path inside the folder/],
  'an absolute folder': [{ folder: '/tmp' }, /folder: it must be a path inside the folder/],
  'a drive': [{ folder: 'C:\\x' }, /folder: it must be a path inside the folder/],
  'a path with two stars': [
    { files: { ...GOOD.files, train: ['a*b*'] } },
    /files\.train.*: one \* is allowed/,
  ],
  'an unknown format': [
    { format: 'tar' },
    /format: it must be one of cifar-binary, idx, image-folder, image-list, parquet, svhn-mat, not "tar"\.$/,
  ],
  'a half that is none': [
    { splits: { ...GOOD.splits, fit: { from: 'train', half: 2 } } },
    /splits\.fit\.half: it must be one of 0, 1, not /,
  ],
  'a range that ends before it begins': [
    { splits: { ...GOOD.splits, test: { from: 'test', range: [5, 3] } } },
    /splits\.test\.range: the second number must be larger/,
  ],
  'an unknown way of resizing': [
    { preprocessing: { resize: 'fit' } },
    /preprocessing\.resize: resize must be one of "short-side", "stretch" and "crop-to-aspect-ratio"/,
  ],
  'no format': [{ format: undefined }, /format: it is missing; it must be one of cifar-binary, idx, /],
  'a format of files that is unknown': [
    { files: { ...GOOD.files, train: { format: 'zip', paths: ['train'] } } },
    /files\.train\.format: it must be one of cifar-binary, idx, .*, not "zip"\.$/,
  ],
  'an interpolation that is unknown': [
    { preprocessing: { resize: 'stretch', interpolation: 'magic' } },
    /preprocessing\.interpolation: it must be one of nearest, bilinear, bicubic, not "magic"\.$/,
  ],
  'a field that is unknown': [
    { colour: 'grey' },
    /: there is no field "colour"; look for a misspelt name\.$/,
  ],
  'a title that is a number': [{ title: 7 }, /title: it must be text, not 7\.$/],
  'a crop that is negative': [
    { augmentation: { crop_padding: -1, flip: true } },
    /augmentation\.crop_padding: it must be at least 0\.$/,
  ],
  'four channels': [{ shape: [4, 8, 8] }, /shape\.0: it must be one of 1, 3, not 4\.$/],
  'a side that no memory holds': [{ shape: [3, 8, 1_000_000_000] }, /shape\.2: it must be at most 8192\.$/],
  'a mean for one channel of three': [
    { normalization: { mean: [0], std: [1, 1, 1] } },
    /normalization: mean and std must have a number for each channel/,
  ],
  'an id that two classes have': [{ class_ids: ['a', 'a'] }, /class_ids: each of them must be there once/],
  'a class that is named twice': [
    { class_indices: [7, 7] },
    /class_indices\.1: 7 stands there twice, and each class may be there once/,
  ],
  'a class that is named twice, once by its WordNet id': [
    { class_indices: ['n02102040', 217] },
    /class_indices\.1: n02102040 and 217 are the same class, and each may be there once/,
  ],
  'a WordNet id that is none of ImageNet': [
    { class_indices: [0, 'n99999999'] },
    /class_indices\.1: n99999999 is none of the WordNet ids of ImageNet's classes/,
  ],
  'a class that is neither a number nor an id': [
    { class_indices: [0, -1] },
    /class_indices\.1: it must be the number of one of the network's classes, from 0, or a WordNet id/,
  ],
  'half a number of a class': [
    { class_indices: [0, 1.5] },
    /class_indices\.1: it must be the number of one of the network's classes/,
  ],
  'more indices than classes': [
    { class_indices: [0, 1, 2] },
    /class_indices: there are 3, and there must be one for each of the 2 class_names/,
  ],
  'a number beside WordNet ids that is none of ImageNet': [
    { class_indices: [1000, 'n02102040'] },
    /class_indices\.0: 1000 is none of ImageNet's 1,000 classes, numbered from 0/,
  ],
  'a number of a class in quotation marks': [
    { class_indices: ['0', '1'] },
    /class_indices\.0: 0 is none of the WordNet ids .*; numbers stand without quotation marks/,
  ],
  'a label byte behind the label bytes': [{ label_byte: 1 }, /label_byte: it must be less than label_bytes/],
  'a download from a file': [
    { downloads: [{ url: 'file:///etc/passwd' }] },
    /downloads\.0\.url: it must be an address/,
  ],
  'a download without a file name': [
    { downloads: [{ url: 'https://example.org/' }] },
    /downloads\.0\.url: it must end with the name of a file/,
  ],
};

for (const [what, [change, message]] of Object.entries(refusals)) {
  test(`${what} is refused by name`, async (t) => {
    const folder = await described(t, change);
    const error = await t.throwsAsync(loadDescription(folder), { message });
    t.true(error!.message.startsWith(path.join(folder, 'dataset.json')), error!.message);
  });
}

test('a folder in place of a description is one sentence', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(path.join(folder, 'dataset.json'));
  await t.throwsAsync(loadDescription(folder), {
    message: `${path.join(folder, 'dataset.json')} is a folder; give a regular file.`,
  });
});

test('a changed description is understood or refused in one sentence', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'dataset.json');
  await writeFile(file, JSON.stringify(GOOD));
  await readsOrRefuses(t, file, () => loadDescription(folder));
});
