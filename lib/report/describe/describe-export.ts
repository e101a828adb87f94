import { counted, grouped } from '../../counted.js';
import type { ExportDescription } from '../../export/export-description.js';
import { renderTable } from '../table.js';
import { describeThreshold } from './describe-evaluation.js';

/** The files of an export, in a line and a table of its segments. */
export function describeExport(
  out: string,
  { segments, criterion, single_file: one, batch_file: many }: ExportDescription,
): string {
  const whole = one === undefined ? '' : `, and all in one as ${one} (one image) and ${many}`;
  const title = `${out}: ${counted(segments.length, 'segment')}, described in export.json${whole}`;
  const table = renderTable(
    ['file', 'ends after', 'threshold', 'MACs of an image that leaves'],
    segments.map(({ file, left_at, threshold, macs }) => [
      file,
      left_at,
      describeThreshold({ enabled: true, threshold }, criterion),
      grouped(macs),
    ]),
  );
  return [title, '', table].join('\n');
}
