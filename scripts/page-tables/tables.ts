import path from 'node:path';
import { formattedTable } from '../../lib/report/formatted-table.js';
import { csvRow, type Figures } from './csv-row.js';

type Row = readonly (string | null)[];

/** Runs whose time was measured by an earlier version are left to `results`. */
const HEADLINE = [
  {
    title: 'ResNet-56, four small heads fitted',
    run: 'cifar10-resnet56',
    exits: '8 14 17 23',
    averaging: 0.4,
  },
  { title: 'ResNet-20, one student and one head fitted', run: 'cifar10-resnet20-student', averaging: 0.4 },
  { title: 'ResNet-56, two students and two heads fitted', run: 'cifar10-resnet56-students', averaging: 0.4 },
  { title: 'ResNet-8, then ResNet-20, then ResNet-56; nothing fitted', run: 'cifar10-chain', averaging: 0.8 },
] as const;

const CHAINS = [
  { title: 'CIFAR-10, ResNet-8 > ResNet-20 > ResNet-56', run: 'cifar10-chain' },
  { title: 'the same with exits inside', run: 'cifar10-chain-exits' },
  { title: 'CIFAR-100, ResNet-20 > ResNet-32', run: 'cifar100-chain' },
  { title: 'the same with exits inside', run: 'cifar100-chain-exits' },
] as const;

const STUDENTS = [
  { title: 'ResNet-56, four `mlp` heads', run: 'cifar10-resnet56', exits: '8 14 17 23' },
  {
    title: 'ResNet-56, `deep` heads after blocks 1, 4 and 10, `mlp` after 17 and 22',
    run: 'cifar10-resnet56-deep',
  },
  { title: 'ResNet-56, `student@10%`, `mlp` after blocks 17 and 22', run: 'cifar10-resnet56-student' },
  { title: 'ResNet-56, `student@6%,@10%`, `mlp` after blocks 17 and 22', run: 'cifar10-resnet56-students' },
  {
    title: 'the same, fitted for 72 epochs',
    run: 'heads',
    file: 'longer-fits.csv',
    cascade: 'cifar10-resnet56-students-72',
  },
  { title: 'ResNet-20, `student@20%`, `mlp` after block 6', run: 'cifar10-resnet20-student' },
  {
    title: 'CIFAR-100, ResNet-32, `student@12%,@25%`, `mlp` after blocks 9, 11 and 13',
    run: 'cifar100-resnet32-students',
  },
  {
    title: 'the same, fitted for 72 epochs',
    run: 'heads',
    file: 'longer-fits.csv',
    cascade: 'cifar100-resnet32-students-72',
  },
] as const;

const STUDENT_TIMES = [
  { title: 'ResNet-56, one student', run: 'cifar10-resnet56-student' },
  { title: 'ResNet-56, two students', run: 'cifar10-resnet56-students' },
  { title: 'ResNet-20, one student', run: 'cifar10-resnet20-student' },
] as const;

const TIMES = [
  { title: 'ResNet-56, two', run: 'cifar10-resnet56-two' },
  { title: 'ResNet-56, four', run: 'cifar10-resnet56' },
  { title: 'ResNet-8 > 20 > 56', run: 'cifar10-chain' },
  { title: 'ResNet-56, eight', run: 'cifar10-resnet56-eight' },
  { title: 'ResNet-56, seven, convolution heads', run: 'cifar10-resnet56-conv' },
  { title: 'ResNet-20, six', run: 'cifar10-resnet20' },
] as const;

/** Sets of exits of ResNet-56. */
const EXIT_SETS = {
  two: '8 17',
  four: '8 14 17 23',
  five: '6 10 14 17 20',
  seven: '4 6 10 14 17 20 22',
  twelve: '2 4 6 8 10 12 14 16 18 20 22 24',
} as const;

const PROMISES = [
  ...Object.entries(EXIT_SETS).map(([count, exits]) => ({
    ...{ title: `ResNet-56, ${count} exits`, run: 'cifar10-resnet56', exits, averaging: 0.4 },
  })),
  { title: 'ResNet-8 > 20 > 56', run: 'cifar10-chain', exits: undefined, averaging: 0.8 },
];

/** Tables on pages whose figures come from `results`, by the name that stands before each. */
export const PAGE_TABLES: Readonly<Record<string, () => string>> = {
  headline: () =>
    markdown(
      ['CIFAR-10', 'MACs saved', 'time of one image', 'time saved, one image', 'time saved, 128 at once'],
      HEADLINE.map(({ title, run, averaging, ...others }) => [
        title,
        percent(resplit(run, 'shared', averaging, others)('certified_saved_percent')),
        fromTo(time(run, 1)),
        timeSaved(time(run, 1)),
        timeSaved(time(run, 128)),
      ]),
    ),
  chains: () =>
    markdown(
      ['networks', 'saved at a real drop of 0.5, 1, 2 points', 'promised: no loss', 'promised: 1 point'],
      CHAINS.map(({ title, run }) => {
        const found = resplit(run, 'shared', 0.8);
        return [
          title,
          savedAtDrops(found),
          percent(found('certified_saved_at_no_drop_percent')),
          percent(found('certified_saved_percent')),
        ];
      }),
    ),
  students: () =>
    markdown(
      ['network, and what is fitted', 'saved at a real drop of 0.5, 1, 2 points', 'promised: 1 point'],
      STUDENTS.map(({ title, run, ...others }) => {
        const found = resplit(run, 'shared', 0.4, others);
        return [title, savedAtDrops(found), percent(found('certified_saved_percent'))];
      }),
    ),
  'student-times': () =>
    markdown(
      ['network', 'one image at a time', 'saved', 'in batches of 128', 'saved'],
      STUDENT_TIMES.map(({ title, run }) => [
        title,
        ...[1, 128].flatMap((batch) => [fromTo(time(run, batch)), timeSaved(time(run, batch))]),
      ]),
    ),
  promises: () =>
    markdown(
      [
        ...[
          'exits',
          'no promise: median drop',
          'mean saved',
          'promise: median drop',
          'worst drop',
          'mean saved',
        ],
        'median price, of the savings',
      ],
      PROMISES.map(({ title, run, averaging, exits }) => {
        const found = resplit(run, 'shared', averaging, exits === undefined ? {} : { exits });
        return [
          title,
          found('empirical_median_drop_points').toFixed(2),
          percent(found('empirical_saved_percent')),
          found('certified_median_drop_points').toFixed(2),
          found('certified_worst_drop_points').toFixed(2),
          percent(found('certified_saved_percent')),
          percent(found('promise_price_percent')),
        ];
      }),
    ),
  times: () =>
    markdown(
      [
        'network, exits',
        'images at once',
        'full network',
        'cascade',
        'time saved, 95 % of the rounds',
        'MACs saved',
      ],
      TIMES.flatMap(({ title, run }) =>
        [1, 128].map((batch) => {
          const found = time(run, batch);
          return [
            title,
            String(batch),
            milliseconds(found('full_milliseconds_per_image')),
            milliseconds(found('milliseconds_per_image')),
            timeSaved(found),
            percent(found('macs_saved_percent')),
          ];
        }),
      ),
    ),
  paper: () => {
    const sets = [EXIT_SETS.two, EXIT_SETS.four, EXIT_SETS.five, EXIT_SETS.twelve];
    const found = sets.map((exits) => resplit('cifar10-resnet56', 'paper-path', 0, { exits }));
    return markdown(
      ['drop of accuracy', 'ResNet-56, 2 exits', '4 exits', '5 exits', '12 exits'],
      AT_DROPS.map(([drop, column]) => [drop, ...found.map((figures) => percent(figures(column)))]),
    );
  },
  convolutions: () => {
    const found = [0, 0.4].map((averaging) =>
      resplit('cifar10-resnet56-conv', 'paper-path', averaging, { exits: EXIT_SETS.seven }),
    );
    return markdown(
      ['drop of accuracy', 'convolution heads', 'with `--average 0.4`'],
      AT_DROPS.map(([drop, column]) => [drop, ...found.map((figures) => percent(figures(column)))]),
    );
  },
};

const AT_DROPS = [
  ['0.5 points', 'saved_at_half_point_percent'],
  ['1 point', 'saved_at_one_point_percent'],
  ['2 points', 'saved_at_two_points_percent'],
] as const;

/** Means over 20 halvings of the test images, as `scripts/resplits.ts` writes them. */
function resplit(
  run: string,
  method: string,
  averaging: number,
  {
    file = 'resplits.csv',
    ...others
  }: { readonly exits?: string; readonly cascade?: string; readonly file?: string } = {},
): Figures {
  return csvRow(path.join('results', run, file), { method, averaging: String(averaging), ...others });
}

/** What `eval --measure` took. */
function time(run: string, batch: number): Figures {
  return csvRow(path.join('results', run, 'time.csv'), { batch_size: String(batch) });
}

function savedAtDrops(found: Figures): string {
  return `${AT_DROPS.map(([, column]) => found(column).toFixed(1)).join(', ')} %`;
}

function fromTo(found: Figures): string {
  return `${found('full_milliseconds_per_image').toFixed(2)} → ${milliseconds(found('milliseconds_per_image'))}`;
}

/** With what 95 % of the rounds lie between. */
function timeSaved(found: Figures): string {
  const [low, high] = [found('time_saved_low_percent'), found('time_saved_high_percent')];
  return `${percent(found('time_saved_percent'))} (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

function percent(value: number): string {
  return `${value.toFixed(1)} %`;
}

function milliseconds(value: number): string {
  return `${value.toFixed(2)} ms`;
}

function markdown(header: readonly string[], rows: readonly Row[]): string {
  return formattedTable({ header, rows }, 'markdown');
}
