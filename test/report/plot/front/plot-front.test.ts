import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import test from 'ava';
import type { TopLevelSpec } from 'vega-lite';
import { compile } from 'vega-lite';
import { CascadeError } from '../../../../lib/errors.js';
import { frontSpecification } from '../../../../lib/report/plot/front/plot-front.js';
import { boxesOverlap } from '../../../../lib/report/plot/geometry.js';
import { onPaper } from '../../../../lib/report/plot/look.js';
import { textWidth } from '../../../../lib/report/plot/text-width.js';
import { readReports } from '../../../../lib/report/read-csv.js';
import type { SampleRun } from '../../sample-results.js';
import {
  evalCsv,
  exitsCsv,
  frontCsv,
  RESNET20,
  RESNET56,
  resultFiles,
  TWELVE_EXITS,
  writeFiles,
} from '../../sample-results.js';

type Text = 'text' | 'label' | 'run' | 'method' | 'colour';
type Measure = 'x' | 'y' | 'font_size' | 'cost_percent' | 'accuracy_percent' | 'low_percent' | 'high_percent';
type Values = (Readonly<Record<Text, string>> & Readonly<Record<Measure, number>>)[];
interface Layer {
  name: string;
  data: { values: Values };
  encoding: { x: { scale: { domain: number[] } }; y: { scale: { domain: number[] } } };
}
type Specification = TopLevelSpec & {
  layer: Layer[];
  title: { text: string[]; subtitle: string[] };
  width: number;
  height: number;
};

async function picture(...runs: SampleRun[]): Promise<Specification> {
  return frontSpecification(await readReports(await resultFiles(runs))) as Specification;
}

function layer(specification: Specification, name: string): Layer {
  return specification.layer.find((candidate) => candidate.name === name)!;
}

const valuesOf = (specification: Specification, name: string) => layer(specification, name).data.values;
const texts = (specification: Specification) => valuesOf(specification, 'labels').map((value) => value.text);

test('the title names the data set and no folder, the subtitle images and how MACs are counted where that is unusual', async (t) => {
  const { title } = await picture(RESNET56);
  t.deepEqual(title.text, ['Accuracy against compute on cifar10']);
  t.deepEqual(title.subtitle, ['5,000 test images that no choice has seen. MACs are counted as in conv+fc.']);
});

test('the front is drawn over the share of the full network MACs', async (t) => {
  const specification = await picture(RESNET56);
  const front = valuesOf(specification, 'fronts');
  t.is(front.length, 24);
  t.like(front[0], { cost_percent: 50, accuracy_percent: 89, method: 'one slack ε for all exits' });
  t.like(front[23], { cost_percent: 100, accuracy_percent: 93.4 });
});

test('the accuracy axis follows the front, and exits below it stand at its lower edge with their accuracy', async (t) => {
  const specification = await picture(RESNET56);
  const [low, high] = layer(specification, 'fronts').encoding.y.scale.domain;
  t.is(low, 88.5); // half a point below the front's 89.0 %
  t.true(high! > 93.4 && high! < 95);
  t.deepEqual(
    valuesOf(specification, 'single exits').map((value) => value.label),
    [['block 23']],
  );
  const below = valuesOf(specification, 'single exits below');
  t.deepEqual(
    below.map((value) => value.label),
    [['block 8'], ['block 14'], ['block 17']],
  );
  t.true(below.every((value) => value.y > specification.height - 12 && value.y < specification.height));
  for (const text of ['block 8', '78.7 %', 'block 14', '86.2 %', 'block 17', '88.4 %', 'block 23']) {
    t.true(texts(specification).includes(text), text);
  }
});

test('a front that falls very deep leaves the picture instead of squashing it', async (t) => {
  const specification = await picture({ ...RESNET56, cheapest: [70, 60] });
  const [low] = layer(specification, 'fronts').encoding.y.scale.domain;
  t.is(low, 84.5); // half a point below a drop of 8, rounded down to halves
});

test('the MAC axis holds every point', async (t) => {
  const [left, right] = layer(await picture(RESNET56), 'fronts').encoding.x.scale.domain;
  t.is(left, 30); // block 8 needs 34.2 %
  t.true(right! > 100);
});

test('an operating point is labelled, with the interval of its drop as a bar', async (t) => {
  const specification = await picture(RESNET56);
  t.deepEqual(texts(specification).slice(0, 2), ['drop ≤ 1 point', '92.2 %, 38.6 % saved']);
  t.true(texts(specification).includes('full network: 93.4 %, 125.5 M MACs'));
  const [bar] = valuesOf(specification, 'intervals of the drop');
  // The sample's interval is 0.27 below to 0.31 above the drop: more drop is less accuracy.
  t.true(Math.abs(bar!.accuracy_percent - bar!.low_percent - 0.31) < 0.006);
  t.true(Math.abs(bar!.high_percent - bar!.accuracy_percent - 0.27) < 0.006);
});

test('promised and empirical operating points are told apart where both are drawn', async (t) => {
  const both = await picture({
    ...RESNET56,
    chosen: [
      [1, 95, 30],
      [1, '', 40],
    ],
  });
  t.true(texts(both).includes('drop ≤ 1 point, 95 % confidence'));
  t.true(texts(both).includes('drop ≤ 1 point, no promise'));
});

test('an operating point says what was asked of it: a budget, a slack or a disagreement', async (t) => {
  const header =
    'cascade,dataset,split,split_seed,method,criterion,max_drop_points,max_macs_percent,epsilon_points,confidence_percent,labels,accuracy_percent,macs_saved_percent,mac_convention';
  const row = (asked: string, labels: string, accuracy: number, saved: number) =>
    `r20,cifar10,test,0,paper-path,softmax,${asked},95,${labels},${accuracy},${saved},default`;
  const [file] = await writeFiles({
    'eval.csv': [
      header,
      row(',60,', 'given', 90, 41),
      row(',,2', 'given', 88, 50),
      row('1,,', 'none', 91, 30),
    ].join('\n'),
  });
  const specification = frontSpecification(await readReports([file!])) as Specification;
  for (const asked of ['MACs ≤ 60 %', 'ε = 2 %', 'disagreement ≤ 1 point'])
    t.true(texts(specification).includes(asked), asked);
});

test('more points than have room for their words are numbered, and the key has the words of each', async (t) => {
  const drops = [0.25, 0.5, 0.75, 1, 1.5, 2, 2.5];
  const crowd = await picture({
    ...RESNET56,
    chosen: drops.map((drop, index) => [drop, 95, 30 + 2 * index] as const),
  });
  const key = valuesOf(crowd, 'key: texts').map(({ text }) => text);
  for (const [index, drop] of drops.entries()) {
    t.true(texts(crowd).includes(String(index + 1)));
    t.true(key.some((text) => text.startsWith(`${index + 1}: drop ≤ ${drop} point`)));
  }
});

test('a sign of the key has the colours of what it stands for', async (t) => {
  for (const runs of [[RESNET56], [RESNET20, RESNET56], [RESNET56, { ...RESNET56, method: 'joint' }]]) {
    const specification = await picture(...runs);
    const coloursOf = (name: string) => new Set(valuesOf(specification, name).map(({ colour }) => colour));
    const signs = valuesOf(specification, 'key: markers') as unknown as { sign: string; colour: string }[];
    for (const [sign, name] of [
      ['diamond', 'operating points'],
      ['square', 'full networks'],
      ['circle', 'single exits'],
      ['triangle-down', 'single exits below'],
    ] as const) {
      const own = signs.filter((each) => each.sign === sign).map(({ colour }) => colour);
      t.deepEqual(new Set(own), coloursOf(name), name);
    }
  }
});

test('several runs have a colour each, and the key names them with their full networks', async (t) => {
  const specification = await picture(RESNET20, RESNET56);
  t.deepEqual(specification.title.text, ['Accuracy against compute on cifar10']);
  const colours = new Map(valuesOf(specification, 'fronts').map((value) => [value.run, value.colour]));
  t.is(new Set(colours.values()).size, 2);
  const key = valuesOf(specification, 'key: texts').map((value) => value.text);
  t.true(key.includes('resnet20 (in full 91.7 %, 40.6 M MACs)'));
  t.true(key.includes('resnet56 (in full 93.4 %, 125.5 M MACs)'));
  t.is(valuesOf(specification, 'full networks').length, 2);
});

test('runs of several data sets carry them in their names', async (t) => {
  const specification = await picture(RESNET56, { ...RESNET56, dataset: 'svhn' });
  t.deepEqual(specification.title.text, ['Accuracy against compute on cifar10 and svhn']);
  t.deepEqual(
    new Set(valuesOf(specification, 'fronts').map(({ run }) => run)),
    new Set(['resnet56 (cifar10)', 'resnet56 (svhn)']),
  );
});

test('several methods of one run differ in dash and colour', async (t) => {
  const specification = await picture(RESNET56, { ...RESNET56, method: 'joint' });
  const lines = valuesOf(specification, 'key: lines');
  t.deepEqual(
    lines.map((value) => value.method),
    ['one slack ε for all exits', 'thresholds searched together'],
  );
  t.is(new Set(lines.map((value) => value.colour)).size, 2);
});

test('calibration rows are drawn only where there are no test rows at all', async (t) => {
  const calibration = { ...RESNET56, split: 'calibration' };
  const alone = await picture(calibration);
  t.is(valuesOf(alone, 'fronts').length, 24);
  t.regex(alone.title.subtitle[0]!, /^5,000 calibration images, on which thresholds were chosen\. /);
  const both = await picture(RESNET56, calibration);
  t.is(valuesOf(both, 'fronts').length, 24);
  t.regex(both.title.subtitle[0]!, /^5,000 test images /);
  const other = await picture(RESNET56, { ...RESNET20, split: 'calibration' });
  t.true(other.title.subtitle.join(' ').includes('Without resnet20: no test rows.'));
});

test('the rows of the method "full" are the full network, not a front', async (t) => {
  const row = 'resnet56,cifar10,test,0,full,,,5000,,93.4,0,,,0,conv+fc,0';
  const files = await writeFiles({
    'front.csv': `${frontCsv(RESNET56)}${row}\n`,
    'eval.csv': evalCsv(RESNET56),
  });
  const specification = frontSpecification(await readReports(files)) as Specification;
  t.is(valuesOf(specification, 'fronts').length, 24);
  t.is(valuesOf(specification, 'full networks').length, 1);
  const alone = frontSpecification(
    await readReports(await writeFiles({ 'front.csv': `${frontCsv(RESNET56).split('\n')[0]}\n${row}\n` })),
  ) as Specification;
  t.like(valuesOf(alone, 'full networks')[0], { accuracy_percent: 93.4, cost_percent: 100 });
});

test('labels measured in the real font overlap nowhere and stay within the plot', async (t) => {
  const fontFiles = [createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')];
  for (const runs of [[RESNET56], [RESNET20, RESNET56], [TWELVE_EXITS]]) {
    const specification = await picture(...runs);
    const boxes = valuesOf(specification, 'labels').map(({ text, x, y, font_size }) => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="999" height="50"><text x="9" y="30" font-family="DejaVu Sans" font-size="${font_size}">${text}</text></svg>`;
      const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).getBBox()!;
      return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
    });
    const exits = runs.flatMap((run) => run.exits).length;
    const chosen = runs.flatMap((run) => run.chosen).length;
    const below = valuesOf(specification, 'single exits below').length;
    const isNumbered = valuesOf(specification, 'key: texts').some(({ text }) => text.startsWith('1: '));
    // An operating point has two lines or a number; of several runs these name the full networks.
    const points = (isNumbered ? 1 : 2) * chosen + (runs.length === 1 ? 1 : 0);
    t.is(boxes.length, exits + below + points, 'every marker has its label');
    for (const [index, box] of boxes.entries()) {
      t.true(
        box.left >= 0 &&
          box.right <= specification.width &&
          box.top >= 0 &&
          box.bottom <= specification.height,
      );
      t.false(boxes.slice(index + 1).some((other) => boxesOverlap(box, other)));
    }
  }
});

test('Vega-Lite compiles the specification without a warning', async (t) => {
  const warnings: unknown[] = [];
  const silent = () => logger;
  const noted = (...reasons: unknown[]) => {
    warnings.push(reasons);
    return logger;
  };
  const logger = { level: silent, error: noted, warn: noted, info: silent, debug: silent };
  compile(await picture(RESNET20, TWELVE_EXITS), { logger: logger as never });
  t.deepEqual(warnings, []);
});

test('a report without rows is refused with what was left out', async (t) => {
  const files = await writeFiles({ 'thresholds.csv': 'cascade,exit,threshold\nsmall,0,0.9\n' });
  const report = await readReports(files);
  const error = t.throws(() => frontSpecification(report), { instanceOf: CascadeError });
  t.regex(error?.message ?? '', /no rows to draw.*thresholds\.csv' is left out/);
});

/** A sample of rows with times: exits take more of the time than of the MACs. */
async function timedFiles(): Promise<string[]> {
  const predicted = (text: string, header: string, cells: (row: string) => string): string =>
    text
      .trim()
      .split('\n')
      .map((row, index) => `${row},${index === 0 ? header : cells(row)}`)
      .join('\n');
  const point = 'batch_size,predicted_full_milliseconds_per_image,predicted_time_saved_percent';
  return writeFiles({
    'front.csv': predicted(
      frontCsv(RESNET56),
      point,
      (row) => `1,2.05,${0.5 * Number(row.split(',').at(-3))}`,
    ),
    'exits.csv': predicted(
      exitsCsv(RESNET56),
      'batch_size,predicted_milliseconds,predicted_time_percent',
      (row) => (row.includes('full network') ? '1,2.05,100' : '1,1.5,75'),
    ),
    'eval.csv': evalCsv(RESNET56),
  });
}

test('against time the front has its own axes and figures, and rows without times are left out', async (t) => {
  const report = await readReports(await timedFiles());
  const specification = frontSpecification(report, { x: 'time' }) as Specification;
  t.deepEqual(specification.title.text, ['Accuracy against time on cifar10']);
  t.regex(
    specification.title.subtitle[0]!,
    / Times are predicted from those of the exits, one image at a time\.$/,
  );
  const front = valuesOf(specification, 'fronts');
  t.like(front[0], { cost_percent: 75, accuracy_percent: 89 });
  t.deepEqual(valuesOf(specification, 'operating points'), []);
  t.true(JSON.stringify(specification).includes('full network: 93.4 %, 2.05 ms'));
  t.true(JSON.stringify(specification).includes('Predicted time per image (% of the full network)'));
});

test('against time, files without any say how to measure them', async (t) => {
  const report = await readReports(await resultFiles([RESNET56]));
  t.throws(() => frontSpecification(report, { x: 'time' }), {
    instanceOf: CascadeError,
    message:
      'The files hold no rows with such times; run `cascade measure`, then write front.csv, exits.csv and eval.csv again.',
  });
});

test('times of several numbers of images at once are never mixed: one is chosen by its number', async (t) => {
  const one = await readReports(await timedFiles());
  const eight = one.front.map((row) => ({ ...row, batch_size: 8 }));
  const report = { ...one, front: [...one.front, ...eight] };
  t.throws(() => frontSpecification(report, { x: 'time' }), {
    instanceOf: CascadeError,
    message:
      "The files' times are of one image at a time and 8 images at once, which are not to be compared; add --batch 1 or --batch 8.",
  });
  const chosen = frontSpecification(report, { x: 'time', batchSize: 8 }) as Specification;
  t.is(valuesOf(chosen, 'fronts').length, eight.length);
  t.deepEqual(valuesOf(chosen, 'single exits'), []);
  t.regex(chosen.title.subtitle[0]!, / 8 images at once\.$/);
});

test('in a column of a paper the picture has its width and no title, and every text stands within it', async (t) => {
  const report = await readReports(await resultFiles([RESNET20, RESNET56]));
  const look = onPaper(8.5);
  const specification = frontSpecification(report, { look }) as Specification & {
    padding: { left: number; right: number };
  };
  t.is(specification.title, undefined as never);
  const { left, right } = specification.padding;
  t.true(Math.abs(left + specification.width + right - look.width) < 1);
  for (const { text, x } of valuesOf(specification, 'key: texts')) {
    t.true(x >= -left && x + textWidth(text, look.text.label) <= specification.width + right, text);
  }
});
