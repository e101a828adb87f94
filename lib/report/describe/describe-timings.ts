import { exitCosts } from '../../artifact/exit-costs.js';
import { FULL_NETWORK } from '../../artifact/exit-names.js';
import type { Manifest } from '../../artifact/manifest.js';
import type { MeasuredTime, Timing } from '../../artifact/timings/timing-schema.js';
import { counted, grouped } from '../../counted.js';
import { renderTable } from '../table.js';
import { atOnce } from './describe-promise.js';

/** What every exit takes, with its MACs beside, in a table. */
export function describeTimings(manifest: Manifest, timing: Timing): string {
  const { engine, cpu, cores, batch_size: batchSize, pixels, images, rounds } = timing;
  const costs = exitCosts(manifest);
  const rows = timing.exits.map(({ trunk, head }, exit) => [
    manifest.exits[exit]!.name,
    ...timeCells(trunk),
    grouped(costs.backbone[exit]!),
    ...timeCells(head),
    grouped(costs.heads[exit]!),
  ]);
  const full = [FULL_NETWORK, ...timeCells(timing.full), grouped(costs.full), null, null, null];
  const backend = engine.backend === undefined ? '' : ` (${engine.backend})`;
  const title = `Microseconds an image, ${atOnce(batchSize)}, on ${engine.name} ${engine.version}${backend}, ${cpu}, ${counted(cores, 'core')}:`;
  const kind = pixels === 'test' ? 'of the test split' : 'of random pixels';
  const closing = `Medians of ${counted(rounds, 'round')}, of each the lower quartile of ${counted(images, 'image')} ${kind}, all ways of running in turns, with the medians' 95 % intervals.`;
  const header = ['up to', 'network', '95 % interval', 'MACs', 'head', '95 % interval', 'MACs'];
  return [title, '', renderTable(header, [...rows, full]), '', closing].join('\n');
}

function timeCells({ nanoseconds, low, high }: MeasuredTime): readonly [string, string] {
  return [microseconds(nanoseconds), `${microseconds(low)} to ${microseconds(high)}`];
}

function microseconds(nanoseconds: number): string {
  return (nanoseconds / 1000).toFixed(1);
}
