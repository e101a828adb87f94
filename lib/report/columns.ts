/** What a column's cells are measured in. */
export type Unit =
  | 'text'
  | 'name'
  | 'count'
  | 'number'
  | 'yes or no'
  | 'percent'
  | 'percentage points'
  | 'MACs'
  | 'milliseconds';

/** What a column of the CSV files means; `--json` has the same names as keys. */
export interface Column {
  readonly unit: Unit;
  readonly meaning: string;
}

/** All columns of all CSV files, by name: one word, one meaning, whichever file it stands in. */
export const COLUMNS = {
  cascade: { unit: 'name', meaning: 'the cascade that the row is of' },
  backbone: { unit: 'name', meaning: 'file of the weights, without its ending' },
  dataset: {
    unit: 'name',
    meaning:
      'the data set that it was recorded on; of a network that has more classes, those that its description names',
  },
  split: {
    unit: 'name',
    meaning: '`calibration`, which thresholds were chosen on, or `test`, which no choice has seen',
  },
  split_seed: { unit: 'count', meaning: 'seed of the halves of the test set' },
  seed: { unit: 'count', meaning: 'seed that the cascade was attached with' },
  mac_convention: {
    unit: 'name',
    meaning:
      '`default`: convolutions and fully connected layers, nothing else; every visited head is charged',
  },
  method: {
    unit: 'name',
    meaning: 'how thresholds were chosen, as `--method` takes it, or what else was done',
  },
  criterion: {
    unit: 'name',
    meaning: 'measure of confidence, with averaging and top-k where they are not 0 and 1',
  },
  parameter: {
    unit: 'number',
    meaning:
      "the path's one number: the paper's ε as a fraction (below 0: stricter than the rule at 0), or patience in exits; empty for the full network",
  },
  max_drop_points: { unit: 'percentage points', meaning: 'largest drop of accuracy that was asked for' },
  max_macs_percent: {
    unit: 'percent',
    meaning: "largest share of the full network's MACs that was asked for",
  },
  epsilon_points: {
    unit: 'percentage points',
    meaning: "the paper's ε that was asked for; it bounds no drop",
  },
  confidence_percent: { unit: 'percent', meaning: 'confidence of the promise; empty without one' },
  labels: {
    unit: 'name',
    meaning:
      "`given`, or `none`: the full network's predictions served as labels, and a drop is a disagreement with it",
  },
  promise_kind: {
    unit: 'name',
    meaning:
      'which images a largest drop is promised for: `mean`, all together; `per-exit`, those of every exit; `per-class`, those of every class',
  },
  grouping: { unit: 'name', meaning: '`exit` or `class`: what the images of a group have in common' },
  group: {
    unit: 'name',
    meaning: 'the exit at which they leave, or before which they left, `all images`, or their class',
  },
  breaks: { unit: 'count', meaning: 'images that the full network has right and the cascade wrong' },
  repairs: { unit: 'count', meaning: 'images that the cascade has right and the full network wrong' },
  contradicted: {
    unit: 'yes or no',
    meaning:
      'whether these images contradict what is promised of them: exact test at 5 %, shared by all groups; empty where nothing is promised of them, or they had a part in the choice',
  },
  images: { unit: 'count', meaning: 'images that the figures are of' },
  splits: { unit: 'count', meaning: 'halvings that the means and intervals are over' },
  full_accuracy_percent: { unit: 'percent', meaning: 'accuracy of the full network alone on these images' },
  accuracy_percent: {
    unit: 'percent',
    meaning:
      'accuracy of the cascade; in `exits.csv` of the exit if all leave there, in `reliability.csv` of the exit, in `probe.csv` of the probe',
  },
  mean_confidence: { unit: 'number', meaning: 'mean confidence of the exit in its answers' },
  accuracy_low_percent: {
    unit: 'percent',
    meaning: "lower end of the accuracy's exact 95 % interval (Clopper and Pearson's)",
  },
  accuracy_high_percent: { unit: 'percent', meaning: 'its upper end' },
  drop_points: {
    unit: 'percentage points',
    meaning:
      'accuracy of the full network minus that of the cascade on the same images; below 0 the cascade is better',
  },
  drop_low_points: {
    unit: 'percentage points',
    meaning:
      "lower end of the drop's 95 % interval (Tango's, for paired data); in `compare.csv` of the halvings",
  },
  drop_high_points: { unit: 'percentage points', meaning: 'its upper end' },
  macs_per_image: { unit: 'MACs', meaning: 'mean cost of an image, every visited head charged' },
  full_macs: { unit: 'MACs', meaning: 'cost of the bare full network for one image' },
  macs_saved_percent: {
    unit: 'percent',
    meaning: "share of the full network's MACs that is saved; below 0 more is spent",
  },
  macs_saved_low_percent: {
    unit: 'percent',
    meaning: 'lower end of the interval that holds 95 % of the halvings',
  },
  macs_saved_high_percent: { unit: 'percent', meaning: 'its upper end' },
  macs_ahead_percent: {
    unit: 'percent',
    meaning:
      "what is saved of the MACs beyond the paper's path (`paper-path`, softmax) on the same halvings: the mean of the differences; empty where that was not compared",
  },
  macs_ahead_low_percent: {
    unit: 'percent',
    meaning: 'lower end of the interval that holds the differences of 95 % of the halvings',
  },
  macs_ahead_high_percent: { unit: 'percent', meaning: 'its upper end' },
  promised_saved_percent: {
    unit: 'percent',
    meaning:
      "share of the full network's MACs that is saved under a promise of the drop: a path from part of one half, tested on its rest, judged on the other half; empty where no promise was asked for",
  },
  promised_saved_low_percent: {
    unit: 'percent',
    meaning: 'lower end of the interval that holds 95 % of the halvings',
  },
  promised_saved_high_percent: { unit: 'percent', meaning: 'its upper end' },
  promised_drop_points: { unit: 'percentage points', meaning: 'what is really dropped under the promise' },
  promised_drop_low_points: {
    unit: 'percentage points',
    meaning: 'lower end of the interval that holds 95 % of the halvings',
  },
  promised_drop_high_points: { unit: 'percentage points', meaning: 'its upper end' },
  promised_ahead_percent: {
    unit: 'percent',
    meaning: "what is saved of the MACs beyond the paper's path under the same promise",
  },
  promised_ahead_low_percent: {
    unit: 'percent',
    meaning: 'lower end of the interval that holds the differences of 95 % of the halvings',
  },
  promised_ahead_high_percent: { unit: 'percent', meaning: 'its upper end' },
  promised_time_saved_percent: {
    unit: 'percent',
    meaning: 'share of the time that is saved under the promise, by the measured times; empty without them',
  },
  exit: { unit: 'count', meaning: 'number of the exit from 0; the last is the full network' },
  exits: {
    unit: 'text',
    meaning:
      'the blocks after which exits stand, the numbers of imported exits, or the exits of a chain in words',
  },
  block: {
    unit: 'count',
    meaning:
      'residual block after which the exit stands, from 0; the number of an imported exit; empty for the full network, and at the end of a network of a chain',
  },
  name: { unit: 'name', meaning: 'the exit in words' },
  head: { unit: 'name', meaning: 'kind of the head, as `--heads` takes it' },
  enabled: { unit: 'yes or no', meaning: 'whether the exit is run' },
  threshold: {
    unit: 'number',
    meaning: 'least confidence that leaves; empty where the exit is disabled and for the full network',
  },
  share_percent: { unit: 'percent', meaning: 'images that leave here' },
  exit_accuracy_percent: {
    unit: 'percent',
    meaning: 'of the images that leave here, those classified rightly; empty if none leaves',
  },
  macs: { unit: 'MACs', meaning: 'cost of an image that leaves here, the heads on its way included' },
  macs_percent: { unit: 'percent', meaning: "that as a share of the full network's" },
  engine: { unit: 'name', meaning: 'what ran the network, with its backend' },
  threads: { unit: 'count', meaning: 'processors that the engine may use' },
  batch_size: {
    unit: 'count',
    meaning: 'images at once, also in the measurement by which times are predicted; empty without one',
  },
  rounds: { unit: 'count', meaning: 'how often cascade and full network took turns' },
  full_milliseconds_per_image: {
    unit: 'milliseconds',
    meaning: 'wall time of the full network, median of the rounds',
  },
  milliseconds_per_image: { unit: 'milliseconds', meaning: 'wall time of the cascade, median of the rounds' },
  time_saved_percent: {
    unit: 'percent',
    meaning: "share of the full network's wall time that is saved, median of the rounds",
  },
  time_saved_low_percent: {
    unit: 'percent',
    meaning: 'lower end of the interval that holds 95 % of the rounds',
  },
  time_saved_high_percent: { unit: 'percent', meaning: 'its upper end' },
  cost: { unit: 'name', meaning: 'what thresholds were chosen by: `macs`, or measured `time`' },
  max_time_percent: {
    unit: 'percent',
    meaning: "largest share of the full network's time that was asked for",
  },
  predicted_milliseconds: {
    unit: 'milliseconds',
    meaning:
      'time of an image that leaves here, by what `cascade measure` has read of this machine; empty without a measurement',
  },
  predicted_time_percent: { unit: 'percent', meaning: "that as a share of the full network's" },
  predicted_milliseconds_per_image: {
    unit: 'milliseconds',
    meaning: 'mean time of an image, every visited head charged, by the same measurement',
  },
  predicted_full_milliseconds_per_image: {
    unit: 'milliseconds',
    meaning: 'time of the bare full network for one image, by the same measurement',
  },
  predicted_time_saved_percent: {
    unit: 'percent',
    meaning: "share of the full network's time that is saved by the same measurement; below 0 more is spent",
  },
  predicted_time_saved_low_percent: {
    unit: 'percent',
    meaning: 'lower end of the interval that holds 95 % of the halvings',
  },
  predicted_time_saved_high_percent: { unit: 'percent', meaning: 'its upper end' },
  left_at: { unit: 'name', meaning: 'where the image or the images left, or `all images`' },
  timings: { unit: 'count', meaning: 'single images that were timed' },
  p50_milliseconds: { unit: 'milliseconds', meaning: 'time that half of them stayed below' },
  p95_milliseconds: { unit: 'milliseconds', meaning: 'time that 95 % of them stayed below' },
  p99_milliseconds: { unit: 'milliseconds', meaning: 'time that 99 % of them stayed below' },
  image: { unit: 'text', meaning: 'path of the image; in `ask.csv` the name of the picture to look at' },
  file: { unit: 'text', meaning: 'where that picture comes from' },
  class: {
    unit: 'count',
    meaning:
      'predicted class, from 0; in `ask.csv` the true one, by its number or name, empty until somebody gives it',
  },
  class_name: { unit: 'name', meaning: 'its name' },
  probability_percent: { unit: 'percent', meaning: "softmax of the exit's output at that class" },
  checked: {
    unit: 'yes or no',
    meaning: 'whether the full network was run as well to check the image, which `macs` then bills',
  },
} as const satisfies Readonly<Record<string, Column>>;

export type ColumnName = keyof typeof COLUMNS;
