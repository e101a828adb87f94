import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { IMPORT_THREE_EXITS, THREE_EXITS, writeLogitFiles } from '../support/logit-files.js';
import { runCascade, temporaryFolder } from '../support/run-cascade.js';
import { ATTACH, workshop } from '../support/workshop.js';

const cases: readonly (readonly [title: string, words: readonly string[], message: string, code?: number])[] =
  [
    [
      'an unknown option with a near one is suggested that one',
      ['calibrate', 'x.cascade', '--maxdrop', '1%'],
      "unknown option '--maxdrop' (Did you mean --max-drop?); see `cascade calibrate --help`.",
    ],
    [
      'an unknown command with a near one is suggested that one',
      ['evla'],
      "unknown command 'evla' (Did you mean eval?); see `cascade --help`.",
    ],
    [
      'a missing argument is named',
      ['eval'],
      "missing required argument 'cascade'; see `cascade eval --help`.",
    ],
    [
      'a drop that is no number shows how to write it',
      ['calibrate', 'x.cascade', '--max-drop', 'some'],
      "option '--max-drop <points>' argument 'some' is invalid. Write it as 1%, 1pt or 0.01; see `cascade calibrate --help`.",
    ],
    [
      'a bare drop of 1 is refused, since it could mean a point or everything',
      ['calibrate', 'x.cascade', '--max-drop', '1'],
      "option '--max-drop <points>' argument '1' is invalid. Write 1% or 0.01; see `cascade calibrate --help`.",
    ],
    [
      'a seed of more than 32 bits is refused, since it would count as another one',
      ['sweep', 'x.cascade', '--split-seed', '4294967296'],
      "option '--split-seed <number>' argument '4294967296' is invalid. The largest seed is 4294967295; see `cascade sweep --help`.",
    ],
    [
      'a width that no column has is refused',
      ['plot', 'x.csv', '--width', '2cm'],
      "option '--width <length>' argument '2cm' is invalid. Write a width from 6cm to 84cm; see `cascade plot --help`.",
    ],
    [
      'a picture of a format that is not drawn is refused',
      ['plot', 'x.csv', '--out', 'x.gif'],
      '--out x.gif must end in .svg, .png or .pdf.',
    ],
    [
      'a folder that is no cascade says how to make one',
      ['calibrate', 'x.cascade'],
      'x.cascade is not there; make one with `cascade attach` or `cascade import-records`.',
    ],
    [
      'a report that no browser would open is refused before anything is read',
      ['report', 'x.cascade', '--out', 'report.pdf'],
      '--out report.pdf must end in .html.',
    ],
    [
      'an unknown data set with a near one is suggested that one',
      ['attach', 'w.th', '--data', 'cifar-10'],
      '--data cifar-10 is neither a known data set (cifar10, cifar100, fashion-mnist, fashion-mnist-sample, imagenet, imagenette, mnist, nips-2017, svhn, tiny-imagenet) nor a folder with a dataset.json, which datasets/README.md shows how to write; did you mean cifar10?',
    ],
  ];

for (const [title, words, message, expected = 2] of cases) {
  test(title, async (t) => {
    const folder = await temporaryFolder(t);
    const { code, stdout, stderr } = await runCascade(folder, ...words);
    t.is(stderr, `cascade: ${message}\n`);
    t.is(stdout, '');
    t.is(code, expected);
  });
}

test('--help exits with 0 and shows a real example', async (t) => {
  const folder = await temporaryFolder(t);
  for (const command of [
    ...['inspect', 'attach', 'record', 'calibrate', 'eval', 'sweep', 'compare', 'run', 'export', 'plot'],
    ...['import-records', 'fetch', 'measure'],
  ]) {
    const { code, stdout } = await runCascade(folder, command, '--help');
    t.is(code, 0);
    t.regex(stdout, new RegExp(`Examples?:\\n {2}cascade ${command} \\S+`));
  }
});

test('--force replaces a cascade but never another folder', async (t) => {
  const folder = await temporaryFolder(t);
  await writeLogitFiles(folder, THREE_EXITS);
  await mkdir(path.join(folder, 'mine.cascade'));
  await writeFile(path.join(folder, 'mine.cascade', 'diary.txt'), 'dear diary');
  const refused = await runCascade(folder, ...IMPORT_THREE_EXITS, '--force');
  t.is(refused.code, 2);
  t.is(refused.stderr, 'cascade: mine.cascade is there already and is no cascade; choose another --out.\n');
  const other = IMPORT_THREE_EXITS.with(-1, 'other.cascade/');
  t.is((await runCascade(folder, ...other)).code, 0);
  const again = await runCascade(folder, ...other);
  t.is(
    again.stderr,
    'cascade: other.cascade is there already; choose another --out or add --force to replace it.\n',
  );
  t.is((await runCascade(folder, ...other, '--force')).code, 0);
});

for (const [words, says] of [
  [
    ['per-exit', '--confidence', 'none'],
    /^cascade: --promise per-exit is a promise and --confidence none makes none/,
  ],
  [
    ['per-class', '--max-macs', '60%'],
    /^cascade: --promise per-class is of a largest drop, and a budget is one of all images/,
  ],
  [['per-exit', '--max-time', '60%'], /^cascade: --promise per-exit is of a largest drop/],
  [
    ['per-exit', '--method', 'joint'],
    /^cascade: --promise per-exit is not to be had by --method joint; take shared or paper-path/,
  ],
  [
    ['per-class', '--method', 'paper-epsilon'],
    /^cascade: --promise per-class is not to be had by --method paper-epsilon/,
  ],
  [['per-image'], /'per-image' is invalid. Allowed choices are mean, per-exit, per-class/],
] as const) {
  test(`calibrate --promise ${words.join(' ')} is refused`, async (t) => {
    const folder = await temporaryFolder(t);
    await writeLogitFiles(folder, THREE_EXITS);
    await runCascade(folder, ...IMPORT_THREE_EXITS);
    const { code, stderr } = await runCascade(folder, 'calibrate', 'mine.cascade', '--promise', ...words);
    t.is(code, 2);
    t.regex(stderr, says);
  });
}

const badImports: readonly (readonly [
  title: string,
  change: (words: string[]) => string[],
  says: RegExp,
  code: number,
])[] = [
  [
    'logits and MACs of different numbers are refused',
    (words) => words.with(words.indexOf('--macs') + 1, '20M,100M'),
    /--macs has 2 numbers for 4 files of logits/,
    2,
  ],
  [
    'MACs that do not rise are refused',
    (words) => words.with(words.indexOf('--macs') + 1, '20M,40M,40M,100M'),
    /--macs must rise from exit to exit/,
    2,
  ],
  [
    'labels of another length name the file',
    (words) => words.with(words.indexOf('--labels') + 1, 'short.npy'),
    /short\.npy has the shape \[3\] where there are 2,000 images/,
    1,
  ],
  [
    'a missing file of logits is named',
    (words) => words.with(words.indexOf('exit-1.npy'), 'exit-9.npy'),
    /exit-9\.npy cannot be read: no such file or directory/,
    2,
  ],
  [
    'logits of another shape name the file',
    (words) => words.with(words.indexOf('exit-1.npy'), 'narrow.npy'),
    /narrow\.npy has the shape \[2000, 4\] where the other files need \[2000, 5\]/,
    1,
  ],
  [
    'probabilities in the place of logits name the file',
    (words) => words.with(words.indexOf('full.npy'), 'even.npy'),
    /even\.npy holds probabilities, not logits: each image's sum to 1;/,
    1,
  ],
  [
    'percentages in the place of logits name the file',
    (words) => words.with(words.indexOf('full.npy'), 'percent.npy'),
    /percent\.npy holds percentages, not logits: each image's sum to 100;/,
    1,
  ],
];

for (const [title, change, says, expected] of badImports) {
  test(title, async (t) => {
    const { writeNpy } = await import('../../lib/files/npy/npy.js');
    const folder = await temporaryFolder(t);
    await writeLogitFiles(folder, THREE_EXITS);
    // Rounded to whole percents, as tables show them.
    const percents = Float32Array.from({ length: 10_000 }, (_, index) => [33, 33, 33, 0, 0][index % 5]!);
    await writeNpy(path.join(folder, 'percent.npy'), '<f4', [2000, 5], percents);
    await writeNpy(path.join(folder, 'short.npy'), '<u2', [3], new Uint16Array(3));
    await writeNpy(path.join(folder, 'narrow.npy'), '<f4', [2000, 4], new Float32Array(8000));
    await writeNpy(path.join(folder, 'even.npy'), '<f4', [2000, 5], new Float32Array(10000).fill(0.2));
    const { code, stderr } = await runCascade(folder, ...change([...IMPORT_THREE_EXITS]));
    t.is(code, expected);
    t.regex(stderr, says);
    t.regex(stderr, /^cascade: [^\n]+\.\n$/);
  });
}

test('epochs are refused where no head takes them', async (t) => {
  const folder = await workshop(t);
  const { code, stderr } = await runCascade(folder, ...ATTACH, '--epochs', '3');
  t.is(code, 2);
  t.is(
    stderr,
    'cascade: --epochs 3 is for students and deep heads, and --heads names none; leave it out, or name one, such as input:student@10%.\n',
  );
});
