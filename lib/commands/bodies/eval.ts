import { loadNetwork } from '../../artifact/attached-network.js';
import { loadCalibrations } from '../../artifact/calibrations.js';
import { loadManifest } from '../../artifact/manifest.js';
import { chosenTiming } from '../../artifact/timings/chosen-timing.js';
import { type Prices, pricesOf } from '../../artifact/timings/prices.js';
import type { Timing } from '../../artifact/timings/timing-schema.js';
import { loadTimings } from '../../artifact/timings/timings.js';
import { evaluateCascade } from '../../cascade/evaluate-cascade.js';
import { promisedGroups } from '../../cascade/group-evaluation.js';
import { type CalibrationMeasurement, measureCalibration } from '../../cascade/measure-calibration.js';
import { thisProcessor } from '../../engine/processor.js';
import { locateCascadeDataset } from '../../records/cascade-dataset.js';
import { noteDisabledExits, splitSeedWords } from '../../report/closing-notes.js';
import { resultsFolder } from '../../report/csv.js';
import { describeTested } from '../../report/describe/describe-calibration.js';
import { describeMeasurement } from '../../report/describe/describe-measurement.js';
import { cascadeSources } from '../../report/results/sources.js';
import { writeResults } from '../../report/results/write-results.js';
import {
  exitShareRows,
  groupRows,
  promisedCells,
  reliabilityRows,
  reportRow,
} from '../../report/rows-written.js';
import { singleExitRows } from '../../report/single-exits.js';
import { type LatencyRow, latencyRows, type TimeRow, timeRow } from '../../report/time-rows.js';
import { verdictOf } from '../../report/verdict/verdict.js';
import { pricesOfChoice } from '../common/chosen-prices.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { evaluatedCalibrations } from '../common/evaluated-calibrations.js';
import type { EvalOptions } from '../eval.js';

/** Evaluates calibrations on the test split, prints them, writes `eval.csv`, `shares.csv`, `groups.csv`, `reliability.csv` and `exits.csv`. */
export async function evaluate(folder: string, options: EvalOptions, context: CommandContext): Promise<void> {
  const { print, reporter } = context;
  const manifest = await loadManifest(folder);
  const calibrations = await loadCalibrations(folder, manifest);
  const { suffix, exitsSuffix, use, ...asked } = evaluatedCalibrations(
    folder,
    options,
    manifest,
    calibrations,
  );
  const chosen = asked.calibrations;
  const latest = chosen.at(-1)!;
  const timings = await loadTimings(folder, manifest);
  const prices = pricesOfChoice(timings, folder, manifest, options, latest);
  const tested = await evaluateCascade(folder, manifest, chosen, prices);
  const evaluated = chosen.map((calibration, index) => ({
    calibration,
    evaluation: tested.evaluations[index]!,
    groups: tested.groups[index]!,
  }));

  const results = resultsFolder(options.results, manifest);
  const rows = evaluated.map(({ calibration, evaluation }) =>
    reportRow(manifest, calibration, 'test', evaluation),
  );
  const measured = options.measure
    ? await measure(
        { folder, manifest, calibration: latest, leftAt: tested.leftAt },
        options,
        timings,
        context,
      )
    : undefined;
  const shares = evaluated.flatMap(({ calibration, evaluation }) =>
    exitShareRows(manifest, calibration, 'test', evaluation),
  );
  const { split_seed: seed } = latest;
  const singleExits = singleExitRows(manifest, tested.prices, tested.singleExits, tested.images, seed);
  await writeResults(context, {
    folder: results,
    name: `eval${suffix}`,
    tables: {
      [`eval${suffix}.csv`]: rows,
      [`shares${suffix}.csv`]: shares,
      [`groups${suffix}.csv`]: evaluated.flatMap(({ calibration, groups }) =>
        groupRows(manifest, calibration, 'test', groups),
      ),
      [`reliability${suffix}.csv`]: chosen.flatMap((calibration, index) =>
        reliabilityRows(manifest, calibration, 'test', tested.reliability[index]!),
      ),
      [`exits${exitsSuffix}.csv`]: singleExits,
      ...(measured && {
        [`time${suffix}.csv`]: measured.times,
        [`latency${suffix}.csv`]: measured.latencies,
      }),
    },
    sources: await cascadeSources(folder, manifest),
    resolved: { ...(use && { use }), 'split-seed': String(seed) },
  });
  if (options.json) {
    const objects = evaluated.map(({ calibration, evaluation, groups }, index) => ({
      ...rows[index],
      exits: evaluation.exits,
      ...promisedCells(calibration, promisedGroups(groups, calibration)),
      ...(measured === undefined || index < evaluated.length - 1 ? {} : { measured: measured.times }),
    }));
    return print(JSON.stringify(options.all ? objects : objects[0], null, 2));
  }
  for (const { calibration, evaluation, groups } of evaluated) {
    print(`${verdictOf(calibration, evaluation, groups).sentence}\n`);
    print(describeTested(calibration, evaluation, tested, promisedGroups(groups, calibration)));
  }
  if (measured !== undefined) print(`\n${describeMeasurement(measured.times, measured.latencies)}`);
  noteDisabledExits(latest.rule.thresholds, reporter);
  reporter.note(`CSV files are in ${results}. Next: cascade sweep ${folder}${splitSeedWords(seed)}`);
}

async function measure(
  measured: Pick<CalibrationMeasurement, 'folder' | 'manifest' | 'calibration' | 'leftAt'>,
  options: EvalOptions,
  timings: readonly Timing[],
  { reporter, signal }: CommandContext,
): Promise<{ readonly times: readonly TimeRow[]; readonly latencies: readonly LatencyRow[] }> {
  const { folder, manifest, calibration } = measured;
  const saved = await loadNetwork(folder, manifest);
  const dataset = await locateCascadeDataset(folder, manifest, options);
  const engine = await openChosenEngine(options, reporter);
  const { name, backend } = engine;
  const wanted = { processor: thisProcessor(), engine: name, backend };
  const timed = (batchSize: number): Prices =>
    pricesOf(manifest, chosenTiming(timings, { ...wanted, batchSize }) ?? null);
  const order = { ...measured, saved, dataset, engine, reporter, signal };
  const runs = await measureCalibration({ ...order, pricesFor: timed });
  const about = { manifest, calibration, engine: backend === undefined ? name : `${name} (${backend})` };
  return { times: runs.map((run) => timeRow(about, run)), latencies: latencyRows(about, runs[0]!) };
}
