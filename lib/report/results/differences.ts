import { isDeepStrictEqual } from 'node:util';
import type { RunRecord } from './run-record.js';

/** What is measured anew in every run. */
const MEASURED = /^(time|latency)\b/;

/** Whether a run came to the same files as the one that it repeats, and if not, what else differs; without a full stop. */
export function differences(before: RunRecord, now: RunRecord): string {
  const earlier = new Map(
    Object.entries(before.files ?? {}).map(([name, sha256]) => [tableOf(name), sha256]),
  );
  const names = Object.keys(now.files ?? {}).filter(
    (name) => !MEASURED.test(name) && earlier.has(tableOf(name)),
  );
  if (names.length === 0) return 'The record that was repeated names no CSV files to compare with';
  const other = names.filter((name) => earlier.get(tableOf(name)) !== now.files![name]);
  if (other.length === 0) return 'The CSV files have the same bytes as those of the run that was repeated';
  const reasons = [...changedVersions(before, now), ...changedParts(before, now)];
  const because = reasons.length === 0 ? '' : `, and so do ${reasons.join(', ')}`;
  return `${other.join(', ')} ${other.length === 1 ? 'differs' : 'differ'} from what the repeated run wrote${because}`;
}

/** What a file holds, whatever operating point it is of: `eval.csv` and `eval-fast.csv` are of the same kind. */
function tableOf(file: string): string {
  return file.split(/[-.]/, 1)[0]!;
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
