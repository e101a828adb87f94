import { isDeepStrictEqual } from 'node:util';
import type { RunRecord } from './run-record.js';

/** What is measured anew in every run. */
const MEASURED = /^(time|latency)\b/;

/** Whether a run came to the same files as the one that it repeats, and if not, what else differs; without a full stop. */
export function differences(before: RunRecord, now: RunRecord): string {
  const { files: earlier = {} } = before;
  const names = Object.keys(now.files ?? {}).filter((name) => !MEASURED.test(name) && name in earlier);
  if (names.length === 0)
    return 'There is nothing to hold the CSV files against in the record that was repeated';
  const other = names.filter((name) => earlier[name] !== now.files![name]);
  if (other.length === 0) return 'The CSV files have the same bytes as those of the run that was repeated';
  const reasons = [...changedVersions(before, now), ...changedParts(before, now)];
  const because = reasons.length === 0 ? '' : `, and so do ${reasons.join(', ')}`;
  return `${other.join(', ')} ${other.length === 1 ? 'differs' : 'differ'} from what the repeated run wrote${because}`;
}

function changedVersions({ versions: before }: RunRecord, { versions: now }: RunRecord): readonly string[] {
  if (before === undefined || now === undefined) return [];
  return (['cascade', 'commit', 'node', 'onnxruntime'] as const)
    .filter((name) => before[name] !== now[name])
    .map(
      (name) =>
        `the ${name === 'commit' ? 'commit' : `version of ${name}`} (${before[name]}, now ${now[name]})`,
    );
}

const PARTS = {
  options: 'the options',
  weights: 'the weights',
  data: 'the data',
  machine: 'the machine',
} as const;

function changedParts(before: RunRecord, now: RunRecord): readonly string[] {
  return Object.entries(PARTS)
    .filter(([part]) => {
      const [was, is] = [before[part as keyof typeof PARTS], now[part as keyof typeof PARTS]];
      return was !== undefined && !isDeepStrictEqual(was, is);
    })
    .map(([, words]) => words);
}
