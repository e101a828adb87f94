import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const POINT_COLUMNS =
  'images,full_accuracy_percent,accuracy_percent,drop_points,macs_per_image,full_macs,macs_saved_percent,mac_convention,seed';
export const FRONT_HEADER = `cascade,dataset,split,split_seed,method,criterion,parameter,${POINT_COLUMNS}`;
export const EXITS_HEADER =
  'cascade,dataset,split,split_seed,exit,block,name,head,images,accuracy_percent,macs,macs_percent,mac_convention,seed';
export const EVAL_HEADER = `cascade,dataset,split,split_seed,method,criterion,max_drop_points,confidence_percent,${POINT_COLUMNS.replace('drop_points', 'drop_points,drop_low_points,drop_high_points')}`;

/** An invented run of realistic shape: a front that falls ever faster, single exits below it. */
export interface SampleRun {
  readonly cascade: string;
  readonly dataset: string;
  readonly split?: string;
  readonly method?: string;
  readonly fullAccuracy: number;
  readonly fullMacs: number;
  /** The front's cheapest point; from there the drop falls with the fifth power of what is saved. */
  readonly cheapest: readonly [savedPercent: number, dropPoints: number];
  readonly exits: readonly (readonly [block: number, macsPercent: number, accuracy: number])[];
  readonly chosen: readonly (readonly [maxDrop: number, confidence: number | '', savedPercent: number])[];
}

export const RESNET56: SampleRun = {
  cascade: 'resnet56',
  dataset: 'cifar10',
  fullAccuracy: 93.4,
  fullMacs: 125485696,
  cheapest: [50, 4.4],
  exits: [
    [8, 34.2, 78.7],
    [14, 56.4, 86.2],
    [17, 67.5, 88.4],
    [23, 89.7, 92.2],
  ],
  chosen: [[1, 95, 38.6]],
};

export const RESNET20: SampleRun = {
  cascade: 'resnet20',
  dataset: 'cifar10',
  fullAccuracy: 91.7,
  fullMacs: 40551040,
  cheapest: [36, 4.8],
  exits: [
    [2, 36.1, 75.2],
    [5, 70.3, 86.9],
  ],
  chosen: [[1, 95, 22.4]],
};

const TWELVE = [68.7, 74.2, 77.6, 78.7, 83.1, 84.4, 86.2, 87.9, 89.4, 90.6, 91.4, 92.9];

export const TWELVE_EXITS: SampleRun = {
  ...RESNET56,
  cheapest: [59, 4.7],
  exits: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24].map((block, index) => [
    block,
    12 + (block - 2) * 3.7,
    TWELVE[index]!,
  ]),
  chosen: [
    [0.5, 95, 35.9],
    [1, 95, 41.4],
    [2, 95, 47.1],
  ],
};

const POINTS = 24;

export function frontCsv(run: SampleRun): string {
  const rows = Array.from({ length: POINTS }, (_, index) => {
    const share = 1 - index / (POINTS - 1);
    const values = point(run, run.cheapest[0] * share, 0.03 * Math.sin(7 * index) * share);
    return [...head(run), run.method ?? 'paper-path', 'max', (0.1 * share).toFixed(4), ...values];
  });
  return csv(FRONT_HEADER, rows);
}

export function exitsCsv(run: SampleRun): string {
  const exits = run.exits.map(([block, percent, accuracy], index) => {
    const cost = [accuracy, Math.round((percent / 100) * run.fullMacs), percent];
    return [...head(run), index, block, `block ${block}`, 'mlp', 5000, ...cost, 'conv+fc', 0];
  });
  const full = [
    run.exits.length,
    '',
    'full network',
    '',
    5000,
    run.fullAccuracy,
    run.fullMacs,
    100,
    'conv+fc',
    0,
  ];
  return csv(EXITS_HEADER, [...exits, [...head(run), ...full]]);
}

export function evalCsv(run: SampleRun): string {
  const rows = run.chosen.map(([maxDrop, confidence, saved]) => {
    const values = point(run, saved);
    const drop = Number(values[3]);
    values.splice(4, 0, (drop - 0.27).toFixed(3), (drop + 0.31).toFixed(3));
    return [...head(run), run.method ?? 'paper-path', 'max', maxDrop, confidence, ...values];
  });
  return csv(EVAL_HEADER, rows);
}

/** Writes files into a new temporary folder; gives their paths in the same order. */
export async function writeFiles(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cascade-report-'));
  return Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    }),
  );
}

/** The three files of each run. */
export function resultFiles(runs: readonly SampleRun[]): Promise<string[]> {
  return writeFiles(
    Object.fromEntries(
      runs.flatMap((run, index) => [
        [`front-${index}.csv`, frontCsv(run)],
        [`exits-${index}.csv`, exitsCsv(run)],
        [`eval-${index}.csv`, evalCsv(run)],
      ]),
    ),
  );
}

type Cells = (string | number)[];

function head(run: SampleRun): Cells {
  return [run.cascade, run.dataset, run.split ?? 'test', 0];
}

/** The measured columns of an operating point on the run's front, `noise` points off it. */
function point(run: SampleRun, saved: number, noise = 0): Cells {
  const drop = run.cheapest[1] * (saved / run.cheapest[0]) ** 5 + noise;
  const macs = Math.round((1 - saved / 100) * run.fullMacs);
  const accuracy = (run.fullAccuracy - drop).toFixed(2);
  return [
    5000,
    run.fullAccuracy,
    accuracy,
    drop.toFixed(3),
    macs,
    run.fullMacs,
    saved.toFixed(3),
    'conv+fc',
    0,
  ];
}

function csv(header: string, rows: readonly Cells[]): string {
  return `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`;
}
