import test from 'ava';
import type { ExportDescription } from '../../../lib/export/export-description.js';
import { describeExport } from '../../../lib/report/describe/describe-export.js';

const SEGMENTS = [
  { file: 'segment-0.onnx', block: 8, left_at: 'block 8', threshold: 0.875, macs: 42_977_792 },
  { file: 'segment-1.onnx', block: null, left_at: 'full network', threshold: null, macs: 125_553_792 },
];
const TABLE = `file              ends after  threshold  MACs of an image that leaves
segment-0.onnx       block 8     0.8750                    42,977,792
segment-1.onnx  full network          –                   125,553,792`;

function described(files: Partial<ExportDescription>): string {
  return describeExport('r56-onnx', { segments: SEGMENTS, ...files } as ExportDescription);
}

test('an export is a row a segment, with what leaving there costs', (t) => {
  t.is(described({}), `r56-onnx: 2 segments, described in export.json\n\n${TABLE}`);
});

test('files that hold the whole cascade are named', (t) => {
  t.is(
    described({ single_file: 'cascade.onnx', batch_file: 'cascade-batch.onnx' }),
    `r56-onnx: 2 segments, described in export.json, and all in one as cascade.onnx (one image) and cascade-batch.onnx\n\n${TABLE}`,
  );
});
