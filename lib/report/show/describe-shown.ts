import { chosenClassesWords } from '../../artifact/chosen-classes.js';
import type { ShownCascade, ShownSplit } from '../../cascade/show-cascade.js';
import { counted, grouped } from '../../counted.js';
import { renderTable } from '../table.js';
import { describeCalibrations } from './describe-calibrations.js';
import { shownRow } from './shown-row.js';

/** What lies in a cascade's folder: networks, exits, records, times, calibrations and sizes. */
export function describeShown(shown: ShownCascade): string {
  const { calibrations, folder } = shown;
  return [
    describeNetworks(shown),
    describeExits(shown),
    describeSplits(shown),
    describeTimes(shown),
    describeCalibrations(calibrations, folder),
    describeSizes(shown),
  ].join('\n\n');
}

function describeNetworks({ folder, manifest }: ShownCascade): string {
  const {
    backbone,
    members,
    dataset,
    exits,
    full_macs: full,
    cascade_version: version,
    engine,
    seed,
  } = manifest;
  const what = members?.map(({ name }) => name).join(' > ') ?? backbone?.architecture ?? 'imported records';
  const title = [
    `${folder}: ${what} on ${dataset}`,
    chosenClassesWords(manifest),
    counted(exits.length, 'exit'),
    `${grouped(full)} MACs`,
  ];
  const by = engine === undefined ? '' : ` with ${engine.name} ${engine.version}`;
  const files = (members ?? (backbone === undefined ? [] : [backbone])).map(
    ({ file, sha256 }) => `${file} (SHA-256 ${sha256.slice(0, 12)}…)`,
  );
  const of = files.length === 0 ? '' : ` of ${files.join(', ')}`;
  return `${title.filter(Boolean).join(', ')}\nMade by cascade ${version}${by}, seed ${seed}${of}.`;
}

function describeExits(shown: ShownCascade): string {
  return renderTable(
    [
      'exit',
      'head',
      'MACs with head',
      'of the full network',
      'head MACs',
      'accuracy on held-out fitting images',
    ],
    shownRow(shown).exits.map((exit) => [
      exit.name,
      exit.head,
      grouped(exit.macs),
      `${exit.macs_percent.toFixed(1)} %`,
      grouped(exit.head_macs),
      exit.held_out_accuracy_percent === null ? null : `${exit.held_out_accuracy_percent.toFixed(1)} %`,
    ]),
    2,
  );
}

function describeSplits({ splits }: ShownCascade): string {
  const rows = splits.map((split) => [
    split.name,
    imagesWords(split),
    split.recorded === undefined ? null : grouped(split.recorded.images),
  ]);
  return renderTable(['split', 'recorded images', 'in all'], rows, 2);
}

function imagesWords({ half, recorded }: ShownSplit): string {
  if (recorded === undefined) return 'nothing; record it with `cascade record`';
  const part = half === undefined ? 'all' : `the ${half === 0 ? 'first' : 'second'} half`;
  return `${part} of ${recorded.source}`;
}

function describeTimes({ timings, folder }: ShownCascade): string {
  if (timings.length === 0)
    return `No times are measured; \`cascade measure ${folder}\` takes them on this machine.`;
  return renderTable(
    ['times by', 'on', 'measured', 'cores', 'images at once', 'full network, ms an image'],
    timings.map(({ engine, cpu, date, cores, batch_size: batchSize, full }) => [
      `${engine.name} ${engine.version}${engine.backend === undefined ? '' : ` (${engine.backend})`}`,
      cpu,
      date.slice(0, 10),
      cores,
      batchSize,
      (full.nanoseconds / 1e6).toFixed(3),
    ]),
    3,
  );
}

function describeSizes({ entries }: ShownCascade): string {
  const all = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = [...entries.map(({ name, bytes }) => [name, sizeWords(bytes)]), ['in all', sizeWords(all)]];
  return renderTable(['in the folder', 'size'], rows);
}

function sizeWords(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
