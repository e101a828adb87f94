import type { Calibration } from '../../artifact/calibration.js';
import type { Manifest } from '../../artifact/manifest.js';
import { chosenTiming, notMeasured, type WantedTiming } from '../../artifact/timings/chosen-timing.js';
import { type Currency, type Prices, pricesOf } from '../../artifact/timings/prices.js';
import type { Timing } from '../../artifact/timings/timing-schema.js';
import { loadTimings } from '../../artifact/timings/timings.js';
import { thisProcessor } from '../../engine/processor.js';
import type { CostOptions, TimingOptions } from './cost-options.js';

/** What exits cost, by what a command's user says. */
export interface ChosenPrices {
  readonly currency: Currency;
  readonly prices: Prices;
}

/**
 * What exits cost on this machine.
 *
 * @param options whose `cost` is `time` where a command asked for it in another way.
 * @throws CascadeError if times are needed, or a number of images at once was named, and nobody has measured them.
 */
export async function chosenPrices(
  folder: string,
  manifest: Manifest,
  options: CostOptions,
): Promise<ChosenPrices> {
  const { cost: currency = 'macs', batch } = options;
  const wanted = wantedTiming(options);
  const timing = chosenTiming(await loadTimings(folder, manifest), wanted);
  if (timing === undefined && (currency === 'time' || batch !== undefined)) throw notMeasured(folder, wanted);
  return { currency, prices: pricesOf(manifest, timing ?? null) };
}

/**
 * What exits cost on this machine, by times with as many images at once as a calibration was chosen by, unless told otherwise; MACs alone where nobody
 * has measured them.
 *
 * @throws CascadeError if a number of images at once was named, and nobody has measured it.
 */
export function pricesOfChoice(
  timings: readonly Timing[],
  folder: string,
  manifest: Manifest,
  options: TimingOptions,
  { timing: own }: Calibration,
): Prices {
  const { batch = own?.batch_size } = options;
  const wanted = wantedTiming({ ...options, ...(batch && { batch }) });
  const timing = chosenTiming(timings, wanted);
  if (timing === undefined && options.batch !== undefined) throw notMeasured(folder, wanted);
  return pricesOf(manifest, timing ?? null);
}

function wantedTiming({ batch = 1, engine = 'auto', backend, device }: TimingOptions): WantedTiming {
  return { processor: thisProcessor(), batchSize: batch, engine, backend: backend ?? device };
}
