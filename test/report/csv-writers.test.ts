import test, { type ExecutionContext } from 'ava';
import type { Calibration } from '../../lib/artifact/calibration.js';
import { pricesOf } from '../../lib/artifact/timings/prices.js';
import type { Classification } from '../../lib/cascade/classify-files.js';
import { evaluateGroups, promisedGroups } from '../../lib/cascade/group-evaluation.js';
import { answerSheet } from '../../lib/report/ask/answer-sheet.js';
import { classificationPrinter } from '../../lib/report/classification-printer.js';
import { comparisonRows } from '../../lib/report/comparison-rows.js';
import { type CsvValue, csvText } from '../../lib/report/csv.js';
import { CSV_FILES } from '../../lib/report/csv-files.js';
import { probeCsvRows } from '../../lib/report/probe-rows.js';
import {
  exitShareRows,
  frontRows,
  groupRows,
  reliabilityRows,
  reportRow,
} from '../../lib/report/rows-written.js';
import { singleExitRows } from '../../lib/report/single-exits.js';
import { latencyRows, timeRow } from '../../lib/report/time-rows.js';
import { TIMING } from '../support/timing.js';
import {
  CALIBRATION,
  CALIBRATION_BY_TIME,
  EVALUATION,
  MANIFEST,
  TIMED_CASCADE,
  TIMED_EVALUATION,
  TIMED_RUN,
} from './sample-cascade.js';
import { PROBED } from './sample-probed.js';

/** Files of which a test has looked at the text. */
const looked = new Set<string>();

test.after('every file of the table is among these', (t) => {
  t.deepEqual([...looked].sort(), Object.keys(CSV_FILES).sort());
});

/** The header as the table of columns has it. */
function hasColumns(t: ExecutionContext, file: keyof typeof CSV_FILES, text: string): void {
  looked.add(file);
  t.is(text.split('\n')[0], CSV_FILES[file].columns.join(','));
}

/** The file's text, and its header as the table of columns has it. */
function isText(
  t: ExecutionContext,
  file: keyof typeof CSV_FILES,
  rows: readonly Readonly<Record<string, CsvValue>>[],
  expected: string,
): void {
  const text = csvText(rows);
  t.is(text, expected);
  hasColumns(t, file, text);
}

test('eval.csv: a row a calibration', (t) => {
  isText(
    t,
    'eval.csv',
    [
      reportRow(MANIFEST, CALIBRATION, 'test', EVALUATION),
      reportRow(MANIFEST, CALIBRATION_BY_TIME, 'test', TIMED_EVALUATION),
    ],
    `cascade,dataset,split,split_seed,method,criterion,max_drop_points,max_macs_percent,epsilon_points,confidence_percent,labels,images,full_accuracy_percent,accuracy_percent,drop_points,drop_low_points,drop_high_points,macs_per_image,full_macs,macs_saved_percent,mac_convention,seed,cost,max_time_percent,batch_size,predicted_milliseconds_per_image,predicted_full_milliseconds_per_image,predicted_time_saved_percent
r56,cifar10,test,7,paper-path,"softmax, averaged 0.4",1,,,95,given,5000,93.84,93.36,0.48,0.1614,0.8263,79192657,125485696,36.8911,default,3,macs,,,,,
r56,cifar10,test,7,paper-path,"softmax, averaged 0.4",,,,95,given,5000,93.84,93.36,0.48,0.1614,0.8263,79192657,125485696,36.8911,default,3,time,70,1,1.31,2,34.5
`,
  );
});

test('thresholds.csv and shares.csv: a row an exit, the full network last', (t) => {
  const header =
    'cascade,dataset,split,split_seed,method,criterion,max_drop_points,max_macs_percent,epsilon_points,confidence_percent,labels,exit,block,name,head,enabled,threshold,share_percent,exit_accuracy_percent,macs,images,mac_convention,seed,cost,max_time_percent,batch_size,predicted_milliseconds';
  for (const [file, split] of [
    ['thresholds.csv', 'calibration'],
    ['shares.csv', 'test'],
  ] as const) {
    const start = `r56,cifar10,${split},7,paper-path,"softmax, averaged 0.4"`;
    isText(
      t,
      file,
      [
        ...exitShareRows(MANIFEST, CALIBRATION, split, EVALUATION),
        ...exitShareRows(MANIFEST, CALIBRATION_BY_TIME, split, TIMED_EVALUATION),
      ],
      `${header}
${start},1,,,95,given,0,8,block 8,mlp,true,0.875,62.5,98.08,42977792,5000,default,3,macs,,,
${start},1,,,95,given,1,17,block 17,conv,false,,0,,84201728,5000,default,3,macs,,,
${start},1,,,95,given,2,,full network,full network,true,,37.5,85.44,125553792,5000,default,3,macs,,,
${start},,,,95,given,0,8,block 8,mlp,true,0.875,62.5,98.08,42977792,5000,default,3,time,70,1,0.86
${start},,,,95,given,1,17,block 17,conv,false,,0,,84201728,5000,default,3,time,70,1,1.46
${start},,,,95,given,2,,full network,full network,true,,37.5,85.44,125553792,5000,default,3,time,70,1,2.06
`,
    );
  }
});

test('exits.csv: a row an exit that all leave by, only its own head charged', (t) => {
  isText(
    t,
    'exits.csv',
    [
      ...singleExitRows(MANIFEST, pricesOf(MANIFEST, null), [3935, 4420, 4692], 5000, 7),
      ...singleExitRows(MANIFEST, pricesOf(MANIFEST, TIMING), [3935, 4420, 4692], 5000, 7),
    ],
    `cascade,dataset,split,split_seed,exit,block,name,head,images,accuracy_percent,macs,macs_percent,mac_convention,seed,batch_size,predicted_milliseconds,predicted_time_percent
r56,cifar10,test,7,0,8,block 8,mlp,5000,78.7,42977792,34.2492,default,3,,,
r56,cifar10,test,7,1,17,block 17,conv,5000,88.4,84133632,67.0464,default,3,,,
r56,cifar10,test,7,2,,full network,,5000,93.84,125485696,100,default,3,,,
r56,cifar10,test,7,0,8,block 8,mlp,5000,78.7,42977792,34.2492,default,3,1,0.86,43
r56,cifar10,test,7,1,17,block 17,conv,5000,88.4,84133632,67.0464,default,3,1,1.5005,75.025
r56,cifar10,test,7,2,,full network,,5000,93.84,125485696,100,default,3,1,2,100
`,
  );
});

test('front.csv: a row an operating point on a split, without interval and exits', (t) => {
  const point = { thresholds: [], parameter: -0.25, calibration: EVALUATION, test: TIMED_EVALUATION };
  const front = {
    method: 'paper-path',
    scoring: CALIBRATION.rule.scoring,
    splitSeed: 7,
    currency: 'macs',
    points: [point],
  } as const;
  isText(
    t,
    'front.csv',
    [...frontRows(MANIFEST, front, 'calibration'), ...frontRows(MANIFEST, front, 'test')],
    `cascade,dataset,split,split_seed,method,criterion,parameter,images,full_accuracy_percent,accuracy_percent,drop_points,macs_per_image,full_macs,macs_saved_percent,mac_convention,seed,cost,batch_size,predicted_milliseconds_per_image,predicted_full_milliseconds_per_image,predicted_time_saved_percent
r56,cifar10,calibration,7,paper-path,"softmax, averaged 0.4",-0.25,5000,93.84,93.36,0.48,79192657,125485696,36.8911,default,3,macs,,,,
r56,cifar10,test,7,paper-path,"softmax, averaged 0.4",-0.25,5000,93.84,93.36,0.48,79192657,125485696,36.8911,default,3,macs,1,1.31,2,34.5
`,
  );
});

test('compare.csv: a row a drop or budget, what is not asked or cannot be done is empty', (t) => {
  const searched = {
    kind: 'thresholds',
    exits: [0, 1],
    method: 'joint',
    scoring: CALIBRATION.rule.scoring,
  } as const;
  const alone = { kind: 'one-exit', exits: [1], scoring: CALIBRATION.rule.scoring } as const;
  const comparison = {
    images: 10_000,
    results: [
      {
        method: searched,
        savedAtDrop: [{ mean: 0.431, low: 0.402, high: 0.4555 }],
        timeSavedAtDrop: null,
        dropAtBudget: [{ mean: 0.0061, low: -0.0002, high: 0.012 }],
        aheadAtDrop: [{ mean: 0.01, low: -0.005, high: 0.02 }],
        promised: [
          {
            saved: { mean: 0.4, low: 0.38, high: 0.41 },
            timeSaved: null,
            drop: { mean: 0.005, low: 0.001, high: 0.0095 },
            ahead: { mean: 0.02, low: 0.01, high: 0.03 },
          },
        ],
      },
      {
        method: alone,
        savedAtDrop: [{ mean: 0, low: 0, high: 0 }],
        timeSavedAtDrop: null,
        dropAtBudget: [null],
        aheadAtDrop: null,
        promised: null,
      },
    ],
    networks: [],
  };
  isText(
    t,
    'compare.csv',
    comparisonRows(MANIFEST, { drops: [0.01], budgets: [0.6], splits: 20, confidence: 0.95 }, comparison),
    `cascade,dataset,exits,method,criterion,splits,images,mac_convention,max_drop_points,max_macs_percent,macs_saved_percent,macs_saved_low_percent,macs_saved_high_percent,drop_points,drop_low_points,drop_high_points,cost,max_time_percent,batch_size,predicted_time_saved_percent,predicted_time_saved_low_percent,predicted_time_saved_high_percent,macs_ahead_percent,macs_ahead_low_percent,macs_ahead_high_percent,confidence_percent,promised_saved_percent,promised_saved_low_percent,promised_saved_high_percent,promised_drop_points,promised_drop_low_points,promised_drop_high_points,promised_ahead_percent,promised_ahead_low_percent,promised_ahead_high_percent,promised_time_saved_percent
r56,cifar10,8 17,joint,"softmax, averaged 0.4",20,10000,default,1,,43.1,40.2,45.55,,,,macs,,,,,,1,-0.5,2,95,40,38,41,0.5,0.1,0.95,2,1,3,
r56,cifar10,8 17,joint,"softmax, averaged 0.4",20,10000,default,,60,,,,0.61,-0.02,1.2,macs,,,,,,,,,,,,,,,,,,,
r56,cifar10,17,one-exit,,20,10000,default,1,,0,0,0,,,,macs,,,,,,,,,,,,,,,,,,,
r56,cifar10,17,one-exit,,20,10000,default,,60,,,,,,,macs,,,,,,,,,,,,,,,,,,,
`,
  );
});

test('probe.csv: a row a probe, the full network last', (t) => {
  isText(
    t,
    'probe.csv',
    probeCsvRows({ backbone: 'resnet56', dataset: 'cifar10', seed: 0 }, PROBED),
    `backbone,dataset,block,name,head,images,accuracy_percent,macs,macs_percent,mac_convention,seed
resnet56,cifar10,0,block 0,linear,4,25,2010,20.1,default,0
resnet56,cifar10,0,block 0,mlp,4,50,2200,22,default,0
resnet56,cifar10,1,block 1,linear,4,75,6010,60.1,default,0
resnet56,cifar10,1,block 1,mlp,4,75,6400,64,default,0
resnet56,cifar10,,full network,,4,75,10000,100,default,0
`,
  );
});

/** The processors of this machine are no matter of the format. */
function withThreads<Row extends { readonly threads: number }>(row: Row): Row {
  return { ...row, threads: 2 };
}

test('time.csv: a row a number of images at once', (t) => {
  isText(
    t,
    'time.csv',
    [withThreads(timeRow(TIMED_CASCADE, TIMED_RUN))],
    `cascade,dataset,split,split_seed,method,criterion,max_drop_points,confidence_percent,engine,threads,batch_size,images,rounds,full_milliseconds_per_image,milliseconds_per_image,time_saved_percent,time_saved_low_percent,time_saved_high_percent,macs_saved_percent,cost,predicted_milliseconds_per_image,predicted_full_milliseconds_per_image,predicted_time_saved_percent
r56,cifar10,test,7,paper-path,"softmax, averaged 0.4",1,95,onnxruntime,2,1,4,15,2.0527,1.5,25,12.5,30,36.2,macs,,,
`,
  );
});

test('latency.csv: a row an exit where images left, then one of all', (t) => {
  const start = 'r56,cifar10,test,7,paper-path,"softmax, averaged 0.4",1,95,onnxruntime,2,1';
  isText(
    t,
    'latency.csv',
    latencyRows(TIMED_CASCADE, TIMED_RUN).map(withThreads),
    `cascade,dataset,split,split_seed,method,criterion,max_drop_points,confidence_percent,engine,threads,batch_size,block,left_at,timings,p50_milliseconds,p95_milliseconds,p99_milliseconds
${start},8,block 8,3,2,2.9,2.98
${start},,full network,1,4,4,4
${start},,all images,4,2.5,3.85,3.97
`,
  );
});

const CLASSIFICATIONS = [
  {
    image: 'a, b.png',
    class: 9,
    class_name: 'class 9',
    probability_percent: 84.2806,
    block: 8,
    left_at: 'block 8',
    macs: 42_977_792,
  },
  {
    image: 'c.png',
    class: 0,
    class_name: 'class 0',
    probability_percent: 51,
    block: null,
    left_at: 'full network',
    macs: 125_553_792,
  },
];

/** What `run` prints. */
function printed(
  format: 'csv' | 'json' | 'jsonl' | 'table',
  classifications: readonly Classification[] = CLASSIFICATIONS,
): string {
  const lines: string[] = [];
  const printer = classificationPrinter(format, (text) => lines.push(text));
  for (const each of classifications) printer.add(each);
  printer.end();
  return lines.join('\n');
}

test('run --format csv: a row an image, one header', (t) => {
  const text = printed('csv');
  t.is(
    text,
    `image,class,class_name,probability_percent,block,left_at,macs
"a, b.png",9,class 9,84.2806,8,block 8,42977792
c.png,0,class 0,51,,full network,125553792`,
  );
  hasColumns(t, 'run --format csv', text);
});

test('run --format csv of a stream that is watched: one column more', (t) => {
  const watched = CLASSIFICATIONS.map((each, image) => ({ ...each, checked: image === 0 }));
  const text = printed('csv', watched);
  t.is(
    text,
    `image,class,class_name,probability_percent,block,left_at,macs,checked
"a, b.png",9,class 9,84.2806,8,block 8,42977792,true
c.png,0,class 0,51,,full network,125553792,false`,
  );
  hasColumns(t, 'run --format csv --monitor 1%', text);
});

test('ask.csv: a row an image, its class left empty', (t) => {
  const dispute = { image: 3, full: [0], others: [] };
  const sheet = answerSheet([
    { dispute, picture: '1.png', file: 'photographs/a, b.png' },
    { dispute, picture: '2.png', file: '=c.png' },
  ]);
  t.is(sheet, `image,file,class\n1.png,"photographs/a, b.png",\n2.png,'=c.png,\n`);
  hasColumns(t, 'ask.csv', sheet);
});

test('run --format json and jsonl: the same names as keys', (t) => {
  t.is(
    printed('jsonl'),
    `{"image":"a, b.png","class":9,"class_name":"class 9","probability_percent":84.2806,"block":8,"left_at":"block 8","macs":42977792}
{"image":"c.png","class":0,"class_name":"class 0","probability_percent":51,"block":null,"left_at":"full network","macs":125553792}`,
  );
  t.deepEqual(JSON.parse(printed('json')), CLASSIFICATIONS);
});

test('promised.csv and groups.csv: a row a group of images, those without any with empty cells', (t) => {
  const { confidence, path } = CALIBRATION.promise!;
  const perClass: Calibration = { ...CALIBRATION, promise: { confidence, kind: 'per-class', path } };
  const totals = {
    byExit: [
      { images: 20, breaks: 1, repairs: 0 },
      { images: 0, breaks: 0, repairs: 0 },
      { images: 12, breaks: 8, repairs: 3 },
    ],
    byClass: [
      { images: 32, breaks: 9, repairs: 3 },
      { images: 0, breaks: 0, repairs: 0 },
    ],
  };
  const groups = evaluateGroups(totals, perClass, MANIFEST.exits, ['cat', 'dog'], true);
  const head = 'r56,cifar10,test,7,paper-path,"softmax, averaged 0.4",1,,,95,given,per-class';
  const expected = `cascade,dataset,split,split_seed,method,criterion,max_drop_points,max_macs_percent,epsilon_points,confidence_percent,labels,promise_kind,grouping,group,images,breaks,repairs,drop_points,drop_low_points,drop_high_points,contradicted,mac_convention,seed,cost,max_time_percent
${head},exit,block 8 or before,20,1,0,5,-11.9181,23.6131,,default,3,macs,
${head},exit,all images,32,9,3,18.75,-2.709,38.9697,,default,3,macs,
${head},class,cat,32,9,3,18.75,-2.709,38.9697,false,default,3,macs,
${head},class,dog,0,0,0,,,,false,default,3,macs,
`;
  isText(t, 'groups.csv', groupRows(MANIFEST, perClass, 'test', groups), expected);
  isText(t, 'promised.csv', groupRows(MANIFEST, perClass, 'test', groups), expected);
  t.deepEqual(
    promisedGroups(groups, perClass).map(({ group }) => group),
    ['cat', 'dog'],
  );
});

test('reliability.csv: a row a group of images of about the same confidence at an enabled exit', (t) => {
  const bin = { images: 500, confidence: 0.875, accuracy: 0.9, low: 0.87, high: 0.925 };
  isText(
    t,
    'reliability.csv',
    reliabilityRows(MANIFEST, CALIBRATION, 'test', [[bin, { ...bin, confidence: 0.99 }], null]),
    `cascade,dataset,split,split_seed,method,criterion,max_drop_points,max_macs_percent,epsilon_points,confidence_percent,labels,exit,block,name,head,images,mean_confidence,accuracy_percent,accuracy_low_percent,accuracy_high_percent,mac_convention,seed,cost,max_time_percent
r56,cifar10,test,7,paper-path,"softmax, averaged 0.4",1,,,95,given,0,8,block 8,mlp,500,0.875,90,87,92.5,default,3,macs,
r56,cifar10,test,7,paper-path,"softmax, averaged 0.4",1,,,95,given,0,8,block 8,mlp,500,0.99,90,87,92.5,default,3,macs,
`,
  );
});
