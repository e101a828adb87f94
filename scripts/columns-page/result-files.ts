import type { ColumnName } from '../../lib/report/columns.js';

/** A column that only scripts write. */
export type ScriptColumn = readonly [name: string, unit: string, meaning: string];

/** A CSV file under `results` that a script writes. */
export interface ResultFile {
  /** The script, or what else made it. */
  readonly by: string;
  /** What a row is. */
  readonly row: string;
  /** In their order: names of columns that mean what they mean in the files of commands, and the others. */
  readonly columns: readonly (ColumnName | ScriptColumn)[];
}

const IMAGES_OF_DRAW: ScriptColumn = ['images', 'count', 'calibration images of a draw, with replacement'];
const EXITS: ScriptColumn = ['exits', 'count', 'exits of the cascade'];
const AVERAGING: ScriptColumn = [
  'averaging',
  'number',
  'weight of the outputs of earlier exits; 0 where they are not averaged, `auto` where it is chosen from images',
];
const BOUND: ScriptColumn = ['bound', 'name', 'bound that tests the promise'];
const VALID: ScriptColumn = [
  'valid',
  'yes or no',
  'whether it holds at any number of images, or only for many',
];
const SECONDS: ScriptColumn = ['seconds', 'seconds', 'wall time'];
const MEAN_SAVED: ScriptColumn = [
  'mean_saved_percent',
  'percent',
  "share of the full network's MACs that is saved, mean",
];
const CERTIFIED: ScriptColumn = ['certified_percent', 'percent', 'how often anything is certified'];
const SAVED_AT_ONE: ScriptColumn = [
  'saved_at_one_point_percent',
  'percent',
  "share of the full network's MACs that is saved at a drop that is really at most 1 point, mean",
];
const CERTIFIED_SAVED: ScriptColumn = [
  'certified_saved_percent',
  'percent',
  'what is saved under a promise of at most 1 point, mean',
];
const SHARE_CHECKED: ScriptColumn = ['share_percent', 'percent', 'images that the full network checks'];
const DISAGREEMENT: ScriptColumn = [
  'disagreement_percent',
  'percent',
  'images on which cascade and full network disagree',
];

/** How often a promise is broken where the truth is known, with its 95 % interval by Clopper and Pearson. */
const BROKEN: readonly ScriptColumn[] = [
  ['broken_percent', 'percent', 'draws whose thresholds truly drop more than promised'],
  ['broken_low_percent', 'percent', 'lower end of the 95 % interval of that'],
  ['broken_high_percent', 'percent', 'its upper end'],
];
const DRAWS: ScriptColumn = ['draws', 'count', 'calibration sets that were drawn'];

const RESPLITS: ResultFile = {
  by: '`scripts/resplits.ts`',
  row: 'a method over halvings of the test images, thresholds chosen on one half and judged on the other',
  columns: [
    ...(['cascade', 'exits', 'method'] as const),
    AVERAGING,
    'splits',
    ['saved_at_half_point_percent', 'percent', 'the same as the next at half a point'],
    SAVED_AT_ONE,
    ['saved_at_two_points_percent', 'percent', 'the same at 2 points'],
    [
      'empirical_median_drop_points',
      'percentage points',
      'what is really dropped where 1 point is asked for without a promise, median',
    ],
    ['empirical_worst_drop_points', 'percentage points', 'the worst of that'],
    ['empirical_saved_percent', 'percent', 'what is then saved, mean'],
    [
      'certified_median_drop_points',
      'percentage points',
      'what is really dropped under a promise of 1 point, median',
    ],
    ['certified_worst_drop_points', 'percentage points', 'the worst of that'],
    ['certified_over', 'count', 'halvings on which more is really dropped than promised'],
    CERTIFIED_SAVED,
    [
      'certified_saved_at_no_drop_percent',
      'percent',
      'what the same path saves where no drop is asked of it',
    ],
    ['certified_saved_at_half_point_percent', 'percent', 'the same for half a point'],
    ['certified_saved_at_two_points_percent', 'percent', 'the same for 2 points'],
    ['promise_price_percent', 'percent', 'share of the savings that the promise costs, median'],
  ],
};

const PEAK: ScriptColumn = ['peak_mb', 'MB', 'the most that it ever held'];
const SAME_AFTER_KILL: ScriptColumn = [
  'same_bytes_after_kill',
  'yes or no',
  'whether records that were killed and gone on with have the same bytes; empty where nothing was killed',
];
const RATE: ScriptColumn = ['images_per_second', 'number', 'images a second'];

const SCALE: ResultFile = {
  by: '`scripts/scale-trial.ts`',
  row: 'a command on many or large images; memory is resident, as Linux tells it',
  columns: [
    ['run', 'name', 'the command'],
    ['network', 'name', 'the network'],
    ['images', 'count', 'images that it worked on'],
    SECONDS,
    RATE,
    ['resident_mb_at_20_percent', 'MB', 'memory when a fifth of the images was done'],
    ['resident_mb_at_60_percent', 'MB', 'memory at three fifths'],
    ['resident_mb_at_100_percent', 'MB', 'memory at the end'],
    PEAK,
    SAME_AFTER_KILL,
  ],
};

/** The files by their names, with their folder where a name says too little. */
export const RESULT_FILES: Readonly<Record<string, ResultFile>> = {
  'resplits.csv': RESPLITS,
  'heads/longer-fits.csv': RESPLITS,
  'export.csv': {
    by: '`scripts/check-export.ts`',
    row: 'an export, run on the test images beside the records',
    columns: [
      ...(['cascade', 'dataset'] as const),
      ['format', 'name', 'format of the exported files'],
      'images',
      [
        'different_decisions_single_file',
        'count',
        'images that leave elsewhere by the file for one image than in the records',
      ],
      ['different_decisions_batch_file', 'count', 'the same by the file for many images'],
      ['single_file_p50_milliseconds', 'milliseconds', 'time of an image by the file for one, median'],
    ],
  },
  'certificate/power.csv': {
    by: '`scripts/certificate-power.ts`',
    row: 'a bound at a share of the images that makes the path, over halvings',
    columns: [
      'cascade',
      BOUND,
      VALID,
      ['path_share_percent', 'percent', 'images of a half that make the path; the rest test it'],
      ...(['max_drop_points', 'splits'] as const),
      MEAN_SAVED,
      ['worst_drop_points', 'percentage points', 'the most that is really dropped on a half'],
      ['over', 'count', 'halves on which more is dropped than asked for'],
    ],
  },
  'certificate/promise.csv': {
    by: '`scripts/simulate-promise.ts`',
    row: 'a setting in which calibration sets are drawn from known images',
    columns: [
      ...(['cascade', 'dataset'] as const),
      ...[IMAGES_OF_DRAW, EXITS],
      ...(['method', 'criterion'] as const),
      AVERAGING,
      ...(['labels', 'max_drop_points'] as const),
      ...[DRAWS, ...BROKEN],
      [
        'other_drops_broken_percent',
        'percent',
        'the same for the worst of other drops that are asked of the same path afterwards',
      ],
      CERTIFIED,
      ['mean_drop_points', 'percentage points', 'what is truly dropped, mean'],
      MEAN_SAVED,
      [
        'empirical_broken_percent',
        'percent',
        'draws on which thresholds chosen without a promise truly drop more than asked for',
      ],
    ],
  },
  'certificate/budget.csv': {
    by: '`scripts/budget-power.ts`',
    row: 'a bound under a promised budget of MACs, over halvings',
    columns: [
      ...(['cascade', 'dataset'] as const),
      ['images', 'count', 'images that choose'],
      EXITS,
      'max_macs_percent',
      BOUND,
      VALID,
      'splits',
      ['certified', 'count', 'halvings on which anything is certified'],
      ['macs_percent', 'percent', "what is really spent, as a share of the full network's MACs, mean"],
      ['drop_points', 'percentage points', 'what is really dropped, mean'],
    ],
  },
  'promise-kinds/savings.csv': {
    by: '`scripts/promise-kinds.ts`',
    row: 'a kind of promise, means over halvings, judged on the half that chose nothing',
    columns: [
      ...(['cascade', 'dataset'] as const),
      ['promise', 'name', 'the kind, as `--promise` takes it'],
      ...(['max_drop_points', 'splits'] as const),
      ['images', 'count', 'images of a half'],
      CERTIFIED,
      ...(['macs_saved_percent', 'drop_points'] as const),
      [
        'worst_exit_drop_points',
        'percentage points',
        'drop of the images that leave at an exit or before it, where it is largest',
      ],
      ['worst_class_drop_points', 'percentage points', 'drop of the class where it is largest'],
      [
        'exit_contradicted_splits',
        'count',
        'halvings that contradict the drop at some exit by an exact test',
      ],
      ['class_contradicted_splits', 'count', 'the same in some class'],
    ],
  },
  'promise-kinds/promise.csv': {
    by: '`scripts/simulate-promise-kinds.ts`',
    row: 'a kind of promise in a setting in which calibration sets are drawn from known images',
    columns: [
      ...(['cascade', 'dataset'] as const),
      ['promise', 'name', 'the kind, as `--promise` takes it'],
      IMAGES_OF_DRAW,
      'max_drop_points',
      [
        'correction',
        'name',
        'how groups are tested: each at the full level (`none`), each at its share of it (`groups`), all images together (`mean`)',
      ],
      ...[DRAWS, ...BROKEN, CERTIFIED, MEAN_SAVED],
    ],
  },
  'labels/labels.csv': {
    by: '`scripts/ask-labels.ts`',
    row: 'a drop, asked for with as few labels as are certain, over halvings',
    columns: [
      ...(['cascade', 'dataset', 'max_drop_points', 'splits', 'images'] as const),
      ['labels_at_most', 'count', 'labels that may be needed before the first is given, mean'],
      ['labels_given', 'count', 'labels that were needed, mean'],
      ['labels_given_fewest', 'count', 'the fewest'],
      ['labels_given_most', 'count', 'the most'],
      ['labels_saved_percent', 'percent', 'labels that were not needed, as a share of the images'],
      ['other_decisions', 'count', 'halvings on which all labels would have decided otherwise'],
      'macs_saved_percent',
      ['macs_saved_without_labels_percent', 'percent', 'what is saved where no label is given, mean'],
      [
        'macs_saved_by_random_labels_percent',
        'percent',
        'what is saved by as many labels of images drawn at random, mean',
      ],
    ],
  },
  'labels/promise.csv': {
    by: '`scripts/simulate-labels.ts`',
    row: 'how many labels are given, in a setting in which images are drawn from known ones',
    columns: [
      ...(['cascade', 'dataset'] as const),
      IMAGES_OF_DRAW,
      'max_drop_points',
      ['labelling', 'name', 'labels that are given: `until certain`, `half of that`, `none`'],
      DRAWS,
      ['mean_labels', 'count', 'labels that are given, mean'],
      ...[...BROKEN, MEAN_SAVED],
    ],
  },
  'labels/sequential.csv': {
    by: '`scripts/sequential-labels.ts`',
    row: 'a share of what all labels certify, over halvings',
    columns: [
      ...(['cascade', 'dataset', 'max_drop_points'] as const),
      ['share_of_savings_percent', 'percent', 'the share of the savings that is to be certified'],
      'splits',
      ['labels_exact_median', 'count', 'labels that the exact test takes, median'],
      [
        'labels_betting_median',
        'count',
        'labels that betting takes, median; empty where more than half never get there',
      ],
      ['betting_reached_percent', 'percent', 'halvings on which betting gets there'],
      ['betting_fewer_percent', 'percent', 'halvings on which betting takes fewer labels'],
    ],
  },
  'monitor/images.csv': {
    by: '`scripts/watch-streams.ts`',
    row: 'the test half, clean or gone bad',
    columns: [
      ...(['cascade', 'dataset'] as const),
      ['images', 'name', 'what was done to the images, and how strongly'],
      ['left_early_percent', 'percent', 'images that leave before the full network'],
      DISAGREEMENT,
      ...(['full_accuracy_percent', 'drop_points'] as const),
    ],
  },
  'monitor/false-alarms.csv': {
    by: '`scripts/watch-streams.ts`',
    row: 'streams that do not turn',
    columns: [
      ...(['cascade', 'dataset'] as const),
      ['runs', 'count', 'streams'],
      ['images', 'count', 'images of a stream'],
      SHARE_CHECKED,
      ['reference_images', 'count', 'images that the reference was taken from'],
      ['allowed_percent', 'percent', 'false alarms that are allowed'],
      ['false_alarms_percent', 'percent', 'streams with an alarm'],
      ['false_alarms_low_percent', 'percent', 'lower end of the 95 % interval of that'],
      ['false_alarms_high_percent', 'percent', 'its upper end'],
    ],
  },
  'monitor/delays.csv': {
    by: '`scripts/watch-streams.ts`',
    row: 'streams that turn bad',
    columns: [
      ...(['cascade', 'dataset'] as const),
      ['corruption', 'name', 'what goes bad'],
      ['strength', 'count', 'how strongly, from 1 to 5; empty where it grows'],
      ['runs', 'count', 'streams'],
      SHARE_CHECKED,
      ['images_before', 'count', 'images before the turn'],
      DISAGREEMENT,
      ['early_alarms_percent', 'percent', 'streams with an alarm before the turn'],
      ['missed_percent', 'percent', 'streams without any'],
      [
        'delay_median_images',
        'count',
        'images from the turn to the alarm, median; empty where so many streams never raise one',
      ],
      ['delay_low_images', 'count', 'images by which 5 % of the streams have raised it'],
      ['delay_high_images', 'count', 'images by which 95 % have'],
    ],
  },
  'engines/parity.csv': {
    by: '`scripts/compare-engines.ts`',
    row: 'a network on a backend of TensorFlow.js, beside onnxruntime',
    columns: [
      ['network', 'name', 'file of the network'],
      ['engine', 'name', 'the engine'],
      ['backend', 'name', 'its backend'],
      ['version', 'name', 'its version'],
      'images',
      ['largest_logit_difference', 'number', 'largest difference of a logit'],
      ['different_decisions', 'count', 'images of which it predicts another class'],
      [
        'relative_throughput_batch_1',
        'number',
        "images a second as a multiple of onnxruntime's, one at a time",
      ],
      ['relative_throughput_batch_128', 'number', 'the same, 128 at once'],
      ['gmacs_per_second_batch_128', 'number', 'thousand million MACs a second, 128 at once'],
    ],
  },
  'engines/large-heads.csv': {
    by: '`scripts/compare-engines.ts`',
    row: 'a large head, fitted on invented features on disk',
    columns: [
      'head',
      ['backend', 'name', 'backend of TensorFlow.js'],
      'images',
      ['features', 'count', 'inputs of the head'],
      ['classes', 'count', 'its outputs'],
      SECONDS,
      ['peak_memory_mb', 'MB', 'the most memory that the process held until then'],
      ['held_out_accuracy_percent', 'percent', 'accuracy on features that it was not fitted on'],
      ['loss', 'nats', 'loss of the last epoch'],
    ],
  },
  'engines/end-to-end.csv': {
    by: '`scripts/compare-engines.ts`',
    row: 'an engine by which a cascade is made, calibrated and evaluated',
    columns: [
      ['engine', 'name', 'the engine'],
      ['fitted_with', 'name', 'backend that fitted the heads'],
      ...(['exits', 'full_accuracy_percent'] as const),
      [
        'exit_accuracies_percent',
        'percent',
        'accuracy of the images that leave at each exit, the full network last',
      ],
      ...(['accuracy_percent', 'drop_points', 'macs_saved_percent'] as const),
      ['exit_shares_percent', 'percent', 'images that leave at each exit, the full network last'],
    ],
  },
  'heads/recipes.csv': {
    by: '`scripts/recipes/fit_variants.py` and `scripts/student-recipes.ts`',
    row: 'a student or deep head as the only exit of ResNet-56, fitted by a variant of the recipe',
    columns: [
      ['variant', 'name', 'the variant'],
      ['seed', 'count', 'seed of the fit'],
      ['epochs', 'count', 'passes over the fitting images'],
      'macs_percent',
      ['accuracy_percent', 'percent', 'its accuracy on the test images'],
      SECONDS,
      ...[SAVED_AT_ONE, CERTIFIED_SAVED],
      'splits',
    ],
  },
  'heads/fit-times.csv': {
    by: '`cascade attach`, by hand',
    row: 'a head or student, fitted on a machine',
    columns: [
      ['network', 'name', 'network and data set'],
      ['head', 'text', 'what was fitted'],
      ['macs', 'MACs', 'its own cost for one image'],
      ['epochs', 'count', 'passes over the fitting images'],
      ['device', 'name', 'what fitted it'],
      ['cpu_cores', 'count', 'cores that the process had'],
      SECONDS,
    ],
  },
  'architectures/architectures.csv': {
    by: '`scripts/architectures.ts`',
    row: 'an ONNX file as exported from PyTorch',
    columns: [
      ['network', 'name', 'the network and the exporter'],
      [
        'fvcore_macs',
        'MACs',
        'convolutions and products as fvcore counts them; empty where it was not asked',
      ],
      ['refused', 'text', 'why the file is not read; empty otherwise'],
      ['logits_difference', 'number', 'largest difference of a logit from the file run by itself'],
      ['largest_logit', 'number', 'largest logit, to hold that against'],
      ['macs', 'MACs', 'the same as cascade counts them'],
      ['places', 'count', 'places for exits'],
    ],
  },
  'architectures/families.csv': {
    by: '`scripts/families.ts`',
    row: 'a file of tensors that another project or library names',
    columns: [
      ['names', 'name', 'whose names the tensors have'],
      ['network', 'name', 'what the network is called there'],
      ['options', 'text', 'options that say what its tensors leave open; empty where none is needed'],
      ['architecture', 'name', 'what it is read as; empty where it is refused'],
      ['refused', 'text', 'why the file is not read; empty otherwise'],
      ['parameters', 'count', 'parameters that were read'],
      ['pytorch_parameters', 'count', 'parameters that PyTorch counts'],
      ['macs', 'MACs', 'multiply-accumulates as cascade counts them'],
      ['fvcore_macs', 'MACs', 'convolutions and products as fvcore counts them'],
      ['logits_difference', 'number', "largest difference of a logit from PyTorch's, of two images"],
      [
        'images_difference',
        'number',
        'largest difference between the logits of the two images, to hold that against',
      ],
    ],
  },
  'scale/resnet20.csv': SCALE,
  'scale/resnet50.csv': SCALE,
  'imagenet-tiny/pass.csv': {
    by: '`scripts/imagenet-pass.ts`',
    row: 'a way to run a network over images of the size of ImageNet',
    columns: [
      ['run', 'name', 'the network alone on pixels in memory, or `record` of a cascade'],
      ['images', 'count', 'images that were timed'],
      RATE,
      ['processor_milliseconds_per_image', 'milliseconds', 'processor time of all threads, an image'],
      ['processors', 'count', 'processors of the machine'],
      PEAK,
      SAME_AFTER_KILL,
    ],
  },
  'fuzz.csv': {
    by: '`npm run fuzz`',
    row: 'a reader, given damaged files',
    columns: [
      ['reader', 'name', 'what reads them'],
      ['seed', 'count', 'seed of the damage'],
      ['cases', 'count', 'files'],
      ['refused', 'count', 'files that were refused in one sentence'],
      ['accepted', 'count', 'files that were read'],
      ['uncaught', 'count', 'files that ended in any other error'],
      ['hung', 'count', 'files that took too long'],
      ['too_large', 'count', 'files that took too much memory'],
    ],
  },
};
