import type { RecordedRow } from '../../cascade/record-cascade.js';
import { counted } from '../../counted.js';

/** What `record` did, a line a set of records. */
export function describeRecorded(rows: readonly RecordedRow[]): string {
  return rows
    .map((row) =>
      'images' in row
        ? `${row.records}: ${counted(row.images, 'image is', 'images are')} recorded.`
        : `${row.records}: shard ${row.shard} is recorded.`,
    )
    .join('\n');
}
