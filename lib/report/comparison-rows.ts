import { exitLabel } from '../artifact/exit-names.js';
import type { Manifest } from '../artifact/manifest.js';
import type { ComparedMethod } from '../calibrate/compare.js';
import type {
  CascadeComparison,
  ComparisonOptions,
  MethodResult,
  Spread,
} from '../cascade/compare/compare-cascade.js';
import { scoringName } from '../exits/scoring.js';
import { percent } from '../stats/percent.js';
import type { CsvRows } from './csv.js';

/** What methods were compared under. */
export type ComparedUnder = Pick<
  ComparisonOptions,
  'drops' | 'budgets' | 'splits' | 'confidence' | 'currency' | 'prices'
>;

/** Rows of `compare.csv`: for each method one an asked drop, then one an asked budget; last, one a network of a chain by itself. */
export function comparisonRows(
  manifest: Manifest,
  { drops, budgets, splits, confidence, currency = 'macs', prices }: ComparedUnder,
  { images, results, networks }: CascadeComparison,
): CsvRows {
  const currencyCells = (budget: number | null) => ({
    cost: currency,
    max_time_percent: currency === 'time' && budget !== null ? percent(budget) : null,
    batch_size: prices?.time?.timing.batch_size ?? null,
  });
  const ofMethods = results.flatMap((result) => {
    const common = commonCells(manifest, result.method, splits, images);
    return [
      ...drops.map((drop, position) => ({
        ...common,
        max_drop_points: percent(drop),
        max_macs_percent: null,
        ...savedCells(result.savedAtDrop[position]!),
        ...dropCells(null),
        ...currencyCells(null),
        ...timeSavedCells(result.timeSavedAtDrop?.[position] ?? null),
        ...aheadCells(result.aheadAtDrop?.[position] ?? null),
        ...promisedCells(confidence, result.promised?.[position]),
      })),
      ...budgets.map((budget, position) => ({
        ...common,
        max_drop_points: null,
        max_macs_percent: currency === 'macs' ? percent(budget) : null,
        ...savedCells(null),
        ...dropCells(result.dropAtBudget[position]!),
        ...currencyCells(budget),
        ...timeSavedCells(null),
        ...aheadCells(null),
        ...promisedCells(undefined, undefined),
      })),
    ];
  });
  const alone = networks.map(({ exit, saved, timeSaved, drop }) => ({
    ...commonCells(manifest, { kind: 'one-network', exits: [exit] }, splits, images),
    max_drop_points: null,
    max_macs_percent: null,
    ...savedCells(always(saved)),
    ...dropCells(drop),
    ...currencyCells(null),
    ...timeSavedCells(timeSaved === null ? null : always(timeSaved)),
    ...aheadCells(null),
    ...promisedCells(undefined, undefined),
  }));
  return [...ofMethods, ...alone];
}

/** The spread of what is the same on all halvings. */
function always(value: number): Spread {
  return { mean: value, low: value, high: value };
}

/** A method, or one network of a chain by itself. */
type Compared = ComparedMethod | { readonly kind: 'one-network'; readonly exits: readonly number[] };

function commonCells(manifest: Manifest, method: Compared, splits: number, images: number) {
  return {
    cascade: manifest.name,
    dataset: manifest.dataset,
    exits: method.exits.map((exit) => exitLabel(manifest.exits[exit]!)).join(' '),
    method: method.kind === 'thresholds' || method.kind === 'neighbour' ? method.method : method.kind,
    criterion: method.kind === 'thresholds' ? scoringName(method.scoring) : null,
    splits,
    images,
    mac_convention: manifest.mac_convention,
  };
}

function savedCells(saved: Spread | null) {
  return {
    macs_saved_percent: saved && percent(saved.mean),
    macs_saved_low_percent: saved && percent(saved.low),
    macs_saved_high_percent: saved && percent(saved.high),
  };
}

function timeSavedCells(saved: Spread | null) {
  return {
    predicted_time_saved_percent: saved && percent(saved.mean),
    predicted_time_saved_low_percent: saved && percent(saved.low),
    predicted_time_saved_high_percent: saved && percent(saved.high),
  };
}

function dropCells(drop: Spread | null) {
  return {
    drop_points: drop && percent(drop.mean),
    drop_low_points: drop && percent(drop.low),
    drop_high_points: drop && percent(drop.high),
  };
}

function aheadCells(ahead: Spread | null) {
  return {
    macs_ahead_percent: ahead && percent(ahead.mean),
    macs_ahead_low_percent: ahead && percent(ahead.low),
    macs_ahead_high_percent: ahead && percent(ahead.high),
  };
}

type Promised = NonNullable<MethodResult['promised']>[number];

function promisedCells(confidence: number | undefined, promised: Promised | undefined) {
  const { saved, timeSaved, drop, ahead } = promised ?? {
    saved: null,
    timeSaved: null,
    drop: null,
    ahead: null,
  };
  return {
    confidence_percent: confidence === undefined || promised === undefined ? null : percent(confidence),
    promised_saved_percent: saved && percent(saved.mean),
    promised_saved_low_percent: saved && percent(saved.low),
    promised_saved_high_percent: saved && percent(saved.high),
    promised_drop_points: drop && percent(drop.mean),
    promised_drop_low_points: drop && percent(drop.low),
    promised_drop_high_points: drop && percent(drop.high),
    promised_ahead_percent: ahead && percent(ahead.mean),
    promised_ahead_low_percent: ahead && percent(ahead.low),
    promised_ahead_high_percent: ahead && percent(ahead.high),
    promised_time_saved_percent: timeSaved && percent(timeSaved.mean),
  };
}
