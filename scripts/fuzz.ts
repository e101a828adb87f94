// Tries everything that reads files from anywhere with damaged ones: each must be read, or refused in one sentence, within 5 seconds
// of the processor and 1 GB, for files of up to 10 MB. Prints what failed, alike failures once, and at the end a line a reader.
//
// node dist/scripts/fuzz.js [--reader name,name] [--seed 1] [--count 1000] [--case 17] [--keep folder] [--out results/fuzz.csv]
//
// Without --reader all are tried. The same seed makes the same files on every machine; --case tries one of them alone. --keep writes
// the files of failures into a folder, by reader, seed and case. --out writes the counts as CSV. Time and memory are those of the
// process that reads, as Linux tells them; elsewhere time is the clock's and memory is not looked at.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT_CODE, usageError } from '../lib/errors.js';
import { writeCsv } from '../lib/report/csv.js';
import { renderTable } from '../lib/report/table.js';
import { damagedCase } from './fuzz/damaged-case.js';
import { fuzzReader } from './fuzz/fuzz-reader.js';
import { isFailure, type Outcome, VERDICTS, type Verdict } from './fuzz/outcome.js';
import { READERS, readerNamed } from './fuzz/readers.js';

const { values } = parseArgs({
  options: {
    reader: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
    case: { type: 'string' },
    keep: { type: 'string' },
    out: { type: 'string' },
  },
});
// At an end of its own the process takes the one along that reads.
process.once('SIGINT', () => process.exit(EXIT_CODE.interrupted));
process.once('SIGTERM', () => process.exit(EXIT_CODE.terminated));

const [seed, count] = [wholeNumber('seed'), wholeNumber('count')];
const cases =
  values.case === undefined ? { seed, first: 0, count } : { seed, first: wholeNumber('case'), count: 1 };
const readers = values.reader?.split(',').map(readerNamed) ?? READERS;

type Row = {
  readonly reader: string;
  readonly seed: number;
  readonly cases: number;
} & Record<'refused' | 'accepted' | 'uncaught' | 'hung' | 'too_large', number>;

const rows: Row[] = [];
for (const { name } of readers) {
  const counts = new Map<Verdict, number>(VERDICTS.map((verdict) => [verdict, 0]));
  const alike = new Map<string, Outcome[]>();
  let [slowest, largest] = [0, 0];
  for await (const outcome of fuzzReader(name, cases)) {
    counts.set(outcome.verdict, counts.get(outcome.verdict)! + 1);
    slowest = Math.max(slowest, outcome.milliseconds);
    largest = Math.max(largest, outcome.megabytes);
    if (!isFailure(outcome)) continue;
    const key = kindOf(outcome);
    alike.set(key, [...(alike.get(key) ?? []), outcome]);
    if (values.keep !== undefined) await keep(values.keep, name, outcome.number);
  }
  for (const outcomes of alike.values()) console.log(`${described(name, outcomes)}\n`);
  const { 'too large': tooLarge, ...others } = Object.fromEntries(counts) as Record<Verdict, number>;
  rows.push({ reader: name, seed, cases: cases.count, ...others, too_large: tooLarge });
  console.error(`${name}: at most ${Math.round(slowest)} ms and ${Math.round(largest)} MB a file`);
}
console.log(
  renderTable(
    ['reader', 'cases', ...VERDICTS],
    rows.map((row) => [
      row.reader,
      row.cases,
      row.refused,
      row.accepted,
      row.uncaught,
      row.hung,
      row.too_large,
    ]),
  ),
);
if (values.out !== undefined) await writeCsv(values.out, rows);
if (rows.some((row) => row.uncaught + row.hung + row.too_large > 0)) process.exitCode = 1;

function wholeNumber(option: 'seed' | 'count' | 'case'): number {
  const value = Number(values[option]);
  if (!Number.isSafeInteger(value) || value < 0)
    throw usageError(`--${option} ${values[option]} is no whole number of at least 0.`);
  return value;
}

/** What failures have in common that have one cause: where they were thrown, else what was said, without its numbers and names. */
function kindOf({ verdict, message }: Outcome): string {
  const [said = '', ...places] = message.split('\n');
  return [verdict, said.replace(/'[^']*'|"[^"]*"|\d+/g, '').slice(0, 60), places[0] ?? ''].join('\n');
}

function described(name: string, outcomes: readonly Outcome[]): string {
  const { verdict, message, number, milliseconds, megabytes } = outcomes[0]!;
  const times = outcomes.length === 1 ? 'once' : `${outcomes.length} times`;
  const cost = `${Math.round(milliseconds)} ms, ${Math.round(megabytes)} MB`;
  return `${name}: ${verdict} ${times}, e.g. --reader ${name} --seed ${seed} --case ${number} (${cost})\n  ${message}`;
}

async function keep(folder: string, name: string, number: number): Promise<void> {
  const reader = readerNamed(name);
  const { sample, file, bytes } = await damagedCase(reader, await reader.samples(), seed, number);
  for (const [each, content] of Object.entries({ ...sample, [file]: bytes })) {
    const target = path.join(folder, name, `seed-${seed}-case-${number}`, each);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}
