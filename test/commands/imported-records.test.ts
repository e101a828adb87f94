import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {
  IMPORT_THREE_EXITS,
  type InventedRecords,
  THREE_EXITS,
  writeLogitFiles,
} from '../support/logit-files.js';
import { madeOnce } from '../support/made-once.js';
import { type Lifetime, mustRun, runCascade, temporaryFolder } from '../support/run-cascade.js';

async function importOf(lifetime: Lifetime, records: InventedRecords): Promise<string> {
  const folder = await temporaryFolder(lifetime);
  await writeLogitFiles(folder, records);
  await mustRun(folder, ...IMPORT_THREE_EXITS, '--quiet');
  return folder;
}

const imported = madeOnce((lifetime) => importOf(lifetime, THREE_EXITS));

/** The same, calibrated for a drop of 1 point. */
const calibrated = madeOnce(async (lifetime) => {
  const folder = await importOf(lifetime, THREE_EXITS);
  await mustRun(folder, 'calibrate', 'mine.cascade');
  return folder;
});

test('imported records are calibrated, judged and drawn, with results on stdout and notes on stderr', async (t) => {
  const folder = await imported(t);
  for (const words of [
    ['calibrate', 'mine.cascade', '--max-drop', '2%'],
    ['eval', 'mine.cascade'],
    ['sweep', 'mine.cascade'],
    ['compare', 'mine.cascade', '--splits', '2', '--criteria', 'softmax', 'margin'],
  ]) {
    const { code, stdout, stderr } = await runCascade(folder, ...words);
    t.is(code, 0, stderr);
    t.true(stdout.length > 100);
    t.regex(stderr, /Next: cascade /);
  }
  const results = path.join('results', 'mine');
  const files = (await readdir(path.join(folder, results))).filter((name) => name.endsWith('.csv')).sort();
  t.deepEqual(files, [
    ...[
      'compare.csv',
      'eval.csv',
      'exits.csv',
      'front.csv',
      'groups.csv',
      'reliability.csv',
      'shares.csv',
      'thresholds.csv',
    ],
  ]);
  const plotted = await runCascade(folder, 'plot', ...files.map((name) => path.join(results, name)));
  t.is(plotted.code, 0, plotted.stderr);
  const pictures = (await readdir(path.join(folder, results))).filter((name) => /\.(svg|png)$/.test(name));
  t.deepEqual(
    pictures.sort(),
    ['compare', 'front', 'reliability', 'shares'].flatMap((name) => [`${name}.png`, `${name}.svg`]),
  );
});

test('imported exits are called by their number, and nothing is said to stand behind a block', async (t) => {
  const folder = await calibrated(t);
  const evaluated = await mustRun(folder, 'eval', 'mine.cascade');
  t.regex(evaluated.stdout, /^exit {2,}threshold .*\nexit 0 .*\nexit 1 .*\nexit 2 .*\nfull network /m);
  const compare = [
    'compare',
    'mine.cascade',
    '--splits',
    '2',
    '--criteria',
    'softmax',
    '--methods',
    'shared',
  ];
  const compared = await mustRun(folder, ...compare, '--exits', '0,2', '1');
  t.regex(compared.stdout, /^Exits 0 2\n/m);
  t.regex(compared.stdout, /^Exits 1\n/m);
  await mustRun(folder, 'report', 'mine.cascade');
  const page = await readFile(path.join(folder, 'report.html'), 'utf8');
  t.true(page.includes('<th scope="col">exit</th>'));
  for (const text of [evaluated.stdout, compared.stdout, page]) t.notRegex(text, /exit after|\bblocks? \d/i);
});

test('the same commands twice give byte-identical CSV', async (t) => {
  const folder = await imported(t);
  const contents = [];
  for (const results of ['one', 'two']) {
    await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '2%', '--results', results);
    await runCascade(folder, 'eval', 'mine.cascade', '--results', results);
    await runCascade(folder, 'sweep', 'mine.cascade', '--results', results);
    const all = await readdir(path.join(folder, results, 'mine'));
    const names = all.filter((name) => name.endsWith('.csv')).sort();
    contents.push(
      await Promise.all(
        names.map(async (name) => [name, await readFile(path.join(folder, results, 'mine', name), 'utf8')]),
      ),
    );
  }
  t.is(contents[0]!.length, 7);
  t.deepEqual(contents[0], contents[1]);
});

test('the accuracy, the drop and the saving of eval follow from its shares', async (t) => {
  const folder = await imported(t);
  await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '2%');
  const { stdout } = await runCascade(folder, 'eval', 'mine.cascade', '--json', '--quiet');
  const result = JSON.parse(stdout) as {
    [key: string]: number;
  } & { exits: { share_percent: number; accuracy_percent: number | null; macs: number }[] };
  const sum = (of: (exit: (typeof result.exits)[number]) => number): number =>
    result.exits.reduce((total, exit) => total + of(exit), 0);
  // Half of the images for testing, three exits and the full network.
  t.is(result['images'], 1000);
  t.is(result.exits.length, 4);
  const macs = sum((exit) => (exit.share_percent / 100) * exit.macs);
  const accuracy = sum((exit) => (exit.share_percent / 100) * (exit.accuracy_percent ?? 0));
  // Shares and accuracies are printed with four digits behind the point.
  t.true(Math.abs(accuracy - result['accuracy_percent']!) < 0.001);
  t.true(Math.abs(macs / result['macs_per_image']! - 1) < 1e-5);
  t.true(Math.abs(100 * (1 - macs / 100e6) - result['macs_saved_percent']!) < 0.001);
  t.true(
    Math.abs(result['full_accuracy_percent']! - result['accuracy_percent']! - result['drop_points']!) < 1e-9,
  );
});

test('eval --max-drop turns a certified calibration to another drop at once', async (t) => {
  const folder = await imported(t);
  await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '2%');
  const saved = async (...words: string[]): Promise<number> => {
    const { stdout } = await runCascade(folder, 'eval', 'mine.cascade', '--json', '--quiet', ...words);
    return (JSON.parse(stdout) as { macs_saved_percent: number }).macs_saved_percent;
  };
  const asked = await saved();
  t.true((await saved('--max-drop', '5%')) > asked);
  t.true((await saved('--max-drop', '1pt')) < asked);
});

test('a calibration without labels says so in its row, and what was asked is called a disagreement', async (t) => {
  const folder = await imported(t);
  for (const labels of ['given', 'none']) {
    const words = [
      'calibrate',
      'mine.cascade',
      '--max-drop',
      '5%',
      '--confidence',
      'none',
      '--labels',
      labels,
    ];
    t.is((await runCascade(folder, ...words)).code, 0);
  }
  const { stdout } = await runCascade(folder, 'eval', 'mine.cascade', '--all', '--json');
  t.deepEqual(
    (JSON.parse(stdout) as { readonly labels: string }[]).map(({ labels }) => labels),
    ['given', 'none'],
  );
  const said = await runCascade(folder, 'eval', 'mine.cascade');
  t.regex(said.stdout, /^Asked for a disagreement with the full network of at most 5 points/m);
});

test('records of another cascade are refused by name', async (t) => {
  const folder = await imported(t);
  const file = path.join(folder, 'mine.cascade', 'cascade.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { exits: { head_macs: number }[] };
  manifest.exits[1]!.head_macs++;
  await writeFile(file, JSON.stringify(manifest));
  const { code, stderr } = await runCascade(folder, 'calibrate', 'mine.cascade');
  t.is(code, 1);
  t.regex(
    stderr,
    /^cascade: mine\.cascade\/records\/\S+ was recorded with other exits than mine\.cascade has; [^\n]+\.\n$/,
  );
});

test('a slack that is none, and energies of averaged outputs, are refused', async (t) => {
  const folder = await imported(t);
  const calibrate = ['calibrate', 'mine.cascade'];
  const slack = await runCascade(folder, ...calibrate, '--method', 'paper-epsilon', 'some');
  t.is(slack.code, 2);
  t.is(slack.stderr, 'cascade: The slack some is not valid: Write it as 1%, 1pt or 0.01.\n');
  const energy = await runCascade(folder, ...calibrate, '--criterion', 'energy', '--average', '0.4');
  t.is(energy.code, 2);
  t.regex(energy.stderr, /^cascade: --criterion energy says nothing about averaged outputs, [^\n]+\.\n$/);
});

test('a calibration without a promise says none, and another drop of it is refused with the command to type', async (t) => {
  const folder = await imported(t);
  const empirical = ['calibrate', 'mine.cascade', '--max-drop', '2%', '--confidence', 'none'];
  t.notRegex((await mustRun(folder, ...empirical)).stdout, /With [\d.]+ % confidence/);
  const { stdout } = await mustRun(folder, ...empirical, '--json', '--quiet');
  const { confidence_percent: confidence, promise, drop_points: drop } = JSON.parse(stdout);
  t.deepEqual([confidence, promise], [null, null]);
  t.true(drop <= 2);
  const { code, stderr } = await runCascade(folder, 'eval', 'mine.cascade', '--max-drop', '3%');
  t.is(code, 2);
  t.regex(
    stderr,
    /^cascade: The thresholds of mine.cascade were chosen without a promise.*--max-drop 3%`\.\n$/,
  );
});

test('halves of the test set under another seed are refused, since images would serve twice', async (t) => {
  const folder = await imported(t);
  await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '2%');
  const { code, stderr } = await runCascade(folder, 'eval', 'mine.cascade', '--split-seed', '7');
  t.is(code, 2);
  t.regex(stderr, /serve twice; run `cascade calibrate mine.cascade --split-seed 7` first/);
});

test('eval before calibrate says what to run first', async (t) => {
  const folder = await imported(t);
  const { code, stderr } = await runCascade(folder, 'eval', 'mine.cascade');
  t.is(code, 2);
  t.is(
    stderr,
    'cascade: mine.cascade has no thresholds yet; run `cascade calibrate mine.cascade --max-drop 1%` first.\n',
  );
});

test('a budget below the cheapest exit is refused', async (t) => {
  const folder = await imported(t);
  const { code, stderr } = await runCascade(folder, 'calibrate', 'mine.cascade', '--max-macs', '10%');
  t.is(code, 1);
  t.regex(
    stderr,
    /costs at most 10 % of the full network's MACs; raise --max-macs, or add exits that cost less\.\n$/,
  );
});

test('a drop that nothing can certify falls back to the full network and says how much data would do', async (t) => {
  const folder = await imported(t);
  const { code, stdout } = await runCascade(
    folder,
    'calibrate',
    'mine.cascade',
    '--max-drop',
    '0.01%',
    '--json',
    '--quiet',
  );
  t.is(code, 0);
  const result = JSON.parse(stdout) as {
    macs_saved_percent: number;
    promise: { kept: boolean; images_needed: number | null };
  };
  t.is(result.macs_saved_percent, 0);
  t.false(result.promise.kept);
  t.true(result.promise.images_needed === null || result.promise.images_needed > 1000);
});

test('no drop and a gain are asked for like a drop, and a gain that is not to be had is an error', async (t) => {
  const folder = await imported(t);
  const none = await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '0', '--json', '--quiet');
  t.is(none.code, 0);
  t.is(JSON.parse(none.stdout).max_drop_points, 0);
  const gain = await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '-50%');
  t.is(gain.code, 1);
  t.is(
    gain.stderr,
    'cascade: No certified choice of thresholds gains as much over the full network as --max-drop -50% asks for; ask for a smaller gain, or calibrate on more images.\n',
  );
  await runCascade(folder, 'calibrate', 'mine.cascade');
  const turned = await runCascade(folder, 'eval', 'mine.cascade', '--max-drop', '-50%');
  t.is(turned.code, 1);
  t.is(turned.stderr, gain.stderr);
  const unlabelled = ['--labels', 'none', '--max-drop', '-0.5%'];
  const refused = await runCascade(folder, 'calibrate', 'mine.cascade', ...unlabelled);
  t.is(refused.code, 2);
  t.regex(refused.stderr, /^cascade: --labels none bounds how often .* cannot promise a gain; [^\n]*\n$/);
});

test('--average auto chooses on the images that make the path, and calibrate names what it chose', async (t) => {
  const folder = await imported(t);
  const { stdout } = await runCascade(folder, 'calibrate', 'mine.cascade', '--average', 'auto', '--quiet');
  t.regex(
    stdout,
    /^Thresholds chosen by --method shared( --average 0\.[2468])? on the first half of labels \([\d,]+ images, of which [\d,]+ made the path and [\d,]+ tested it\)/,
  );
  const wrong = [
    ['sweep', 'mine.cascade', '--average', 'auto'],
    ['calibrate', 'mine.cascade', '--method', 'paper-epsilon', '1%', '--average', 'auto'],
    ['calibrate', 'mine.cascade', '--method', 'shared', '--criterion', 'energy'],
    ['calibrate', 'mine.cascade', '--average', 'much'],
  ];
  for (const words of wrong) t.is((await runCascade(folder, ...words)).code, 2, words.join(' '));
});

test('calibration images that are too few to make candidates are called that', async (t) => {
  const folder = await importOf(t, { ...THREE_EXITS, images: 2 });
  const words = ['calibrate', 'mine.cascade', '--method', 'paper-path', '--quiet'];
  const { code, stdout } = await runCascade(folder, ...words);
  t.is(code, 0);
  t.regex(
    stdout,
    /^Nothing can be promised .* 0 of the calibration images make the candidates, too few to make any: calibrate on more images; --confidence none /m,
  );
});

test("the paper's rule speaks of its slack, and of no target", async (t) => {
  const folder = await imported(t);
  const { code, stdout } = await runCascade(
    folder,
    ...['calibrate', 'mine.cascade', '--method', 'paper-epsilon', '1%', '--quiet'],
  );
  t.is(code, 0);
  t.regex(stdout, /^The slack is allowed to each exit, .* bounds no drop of the whole cascade;/m);
  t.notRegex(stdout, /The choice is empirical/);
});

const damages: readonly (readonly [what: string, file: string, content: string, says: RegExp])[] = [
  ['thresholds.json that is no JSON', 'thresholds.json', '{"schema": 1, "cal', /thresholds\.json is /],
  ['a cascade.json that is no JSON', 'cascade.json', 'not json', /cascade\.json is /],
  ['a cascade.json of a newer layout', 'cascade.json', '{"schema": 99}', /cascade\.json .*newer/],
  ['a thresholds.json that holds null', 'thresholds.json', 'null', /thresholds\.json holds no object/],
  [
    'a thresholds.json with an empty calibration',
    'thresholds.json',
    '{"schema":1,"calibrations":[null]}',
    /thresholds\.json is damaged \(calibrations/,
  ],
  ['a cascade.json that holds null', 'cascade.json', 'null', /cascade\.json holds no object/],
  ['records whose meta.json is empty', 'records/test/meta.json', '{}', /meta\.json is damaged/],
  ['records cut short', 'records/test/logits-0.npy', 'short', /logits-0\.npy /],
];

for (const [what, file, content, says] of damages) {
  test(`${what} is one sentence that names the file`, async (t) => {
    const folder = await calibrated(t);
    await writeFile(path.join(folder, 'mine.cascade', file), content);
    const { code, stdout, stderr } = await runCascade(folder, 'eval', 'mine.cascade');
    t.is(code, 1);
    t.is(stdout, '');
    t.regex(stderr, says);
    t.regex(stderr, /^cascade: [^\n]+\.\n$/);
  });
}
