import { counted } from '../../counted.js';
import type { Candidate } from '../../engine/probe/candidates.js';
import { variantOf } from '../../engine/probe/candidates.js';
import type { Machine } from '../../engine/probe/machine.js';
import type { ProbeAnswer } from '../../engine/probe/probe-process.js';
import { percent } from '../../stats/percent.js';
import { renderTable } from '../table.js';

/** What `doctor --json` prints of an engine with one of its devices or backends. */
export type EngineRow = {
  readonly engine: string;
  readonly variant: string;
  readonly usable: boolean;
  /** Why not, and what to do; null where it is usable. */
  readonly reason: string | null;
  readonly version: string | null;
  readonly library: string | null;
  readonly gmacs_per_second_batch_1: number | null;
  readonly gmacs_per_second_batch_64: number | null;
  /** Share of the highest rate that was measured of any engine. */
  readonly peak_percent_batch_1: number | null;
  readonly peak_percent_batch_64: number | null;
  /** Largest difference of a logit from those of the first usable engine. */
  readonly largest_logit_difference: number | null;
};

export interface Diagnosis {
  readonly machine: Machine;
  /** Null where no engine runs. */
  readonly peak_gmacs_per_second: number | null;
  readonly engines: readonly EngineRow[];
  /** What `--engine auto` takes: the first usable of onnxruntime on the CPU and TensorFlow.js's backends; null if none is. */
  readonly auto: { readonly engine: string; readonly variant: string } | null;
}

/** Joins what was found out about the candidates, in their order. */
export function diagnose(
  machine: Machine,
  found: readonly (readonly [candidate: Candidate, answer: ProbeAnswer])[],
): Diagnosis {
  const measured = found.flatMap(([, answer]) => ('measured' in answer ? [answer.measured] : []));
  // Networks count, too: they pass the product of matrices where other work slowed that one, or where convolutions take fewer
  // multiplications than are counted, as Winograd's do.
  const peaks = measured
    .flatMap((each) => [each.macsPerSecondMatrix, each.macsPerSecondBatch1, each.macsPerSecondBatch64])
    .filter((macs) => macs !== null);
  const peak = peaks.length === 0 ? null : Math.max(...peaks);
  const share = (macs: number | null): number | null =>
    macs === null || peak === null ? null : percent(macs / peak);
  const engines = found.map(([candidate, answer]): EngineRow => {
    const names = { engine: candidate.engine, variant: variantOf(candidate) };
    if ('failure' in answer) return { ...names, usable: false, reason: answer.failure, ...NOTHING };
    const {
      version,
      library,
      macsPerSecondBatch1: one,
      macsPerSecondBatch64: many,
      logits,
    } = answer.measured;
    return {
      ...names,
      usable: true,
      reason: null,
      version,
      library: library ?? null,
      gmacs_per_second_batch_1: giga(one),
      gmacs_per_second_batch_64: giga(many),
      peak_percent_batch_1: share(one),
      peak_percent_batch_64: share(many),
      largest_logit_difference: Math.max(
        ...logits.map((logit, index) => Math.abs(logit - measured[0]!.logits[index]!)),
      ),
    };
  });
  const auto = engines.find(
    ({ engine, variant, usable }) => usable && (engine === 'tensorflow' || variant === 'cpu'),
  );
  return {
    machine,
    peak_gmacs_per_second: giga(peak),
    engines,
    auto: auto === undefined ? null : { engine: auto.engine, variant: auto.variant },
  };
}

const NOTHING = {
  version: null,
  library: null,
  gmacs_per_second_batch_1: null,
  gmacs_per_second_batch_64: null,
  peak_percent_batch_1: null,
  peak_percent_batch_64: null,
  largest_logit_difference: null,
};

export function describeDiagnosis({
  machine,
  peak_gmacs_per_second: peak,
  engines,
  auto,
}: Diagnosis): string {
  const usable = engines.filter((row) => row.usable);
  const table = renderTable(
    ['engine', 'on', 'version', 'batch 1', 'of peak', 'batch 64', 'of peak', 'logit error'],
    usable.map((row) => [
      row.engine,
      row.variant,
      row.library === null ? row.version : `${row.version} (TensorFlow ${row.library})`,
      gmacs(row.gmacs_per_second_batch_1),
      wholePercent(row.peak_percent_batch_1),
      gmacs(row.gmacs_per_second_batch_64),
      wholePercent(row.peak_percent_batch_64),
      row.largest_logit_difference === 0 ? '0' : row.largest_logit_difference!.toExponential(0),
    ]),
    3,
  );
  const missing = engines.filter((row) => !row.usable);
  return [
    ...describeMachine(machine),
    ...(peak === null
      ? []
      : [
          `Peak      ${gmacs(peak)} GMAC/s (the fastest that was measured: products of 1,024 × 1,024 matrices, or the network below)`,
        ]),
    '',
    'ResNet-20 on 32 × 32 images, random weights, in GMAC/s; the error of a logit is that from the first row:',
    '',
    table,
    ...(missing.length === 0 ? [] : ['', 'Not usable here:']),
    ...missing.map(({ reason }) => `  ${sentence(reason!)}`),
    '',
    describeChoice(usable, auto),
  ].join('\n');
}

function describeMachine(machine: Machine): readonly string[] {
  const { node, platform, cpu, cores, vector_units, gpus, memory_bytes, available_memory_bytes } = machine;
  const units = vector_units.length === 0 ? '' : `: ${vector_units.join(', ')}`;
  return [
    `Node      ${node}, ${platform}`,
    `CPU       ${cpu}, ${counted(cores, 'core')}${units}`,
    `GPU       ${gpus.length === 0 ? 'none found' : gpus.join(', ')}`,
    `Memory    ${gigabytes(memory_bytes)} GB, ${gigabytes(available_memory_bytes)} GB available`,
  ];
}

/** What `auto` takes and why, and what would be faster. */
function describeChoice(usable: readonly EngineRow[], auto: Diagnosis['auto']): string {
  const chosen = usable.find(({ engine, variant }) => engine === auto?.engine && variant === auto.variant);
  if (chosen === undefined) return 'No engine is usable: install cascade again.';
  const why =
    chosen.engine === 'onnxruntime'
      ? 'it comes first wherever it loads'
      : 'onnxruntime does not load, and no faster backend does';
  const rest = usable.filter((row) => row !== chosen);
  const speed = (row: EngineRow): number => row.gmacs_per_second_batch_64 ?? row.gmacs_per_second_batch_1!;
  const fastest = rest.sort((a, b) => speed(b) - speed(a))[0];
  const taken = `--engine auto takes ${chosen.engine} (${chosen.variant}): ${why}`;
  if (fastest === undefined) return `${taken}.`;
  const ratio = speed(fastest) / speed(chosen);
  const option = fastest.engine === 'onnxruntime' ? '--device' : '--engine tensorflow --backend';
  return ratio > 1
    ? `${taken}; in batches ${option} ${fastest.variant} is ${ratio.toFixed(1)} times as fast here.`
    : `${taken}; in batches it is ${(1 / ratio).toFixed(1)} times as fast as the next, ${fastest.engine} (${fastest.variant}).`;
}

function giga(macs: number): number;
function giga(macs: number | null): number | null;
function giga(macs: number | null): number | null {
  return macs === null ? null : Number((macs / 1e9).toPrecision(4));
}

function gmacs(value: number | null): string | null {
  return value === null ? null : value.toPrecision(3);
}

function wholePercent(value: number | null): string | null {
  return value === null ? null : `${value.toFixed(0)} %`;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}

function sentence(reason: string): string {
  return reason.endsWith('.') ? reason : `${reason}.`;
}
