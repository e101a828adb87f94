import path from 'node:path';
import { CascadeError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { sha256Of } from '../../files/sha256.js';
import type { Reporter } from '../../reporter.js';
import { type CsvRows, csvText } from '../csv.js';
import { differences } from './differences.js';
import { environment } from './environment.js';
import { loadRunRecord, type OptionText, RUN_SCHEMA, type RunRecord } from './run-record.js';
import type { RunSources } from './sources.js';

/** A command as it was called. */
export interface Invocation {
  readonly command: string;
  /** As a shell takes it. */
  readonly line: string;
  readonly arguments: readonly string[];
  /** Options that were typed, by their long names. */
  readonly typed: Readonly<Record<string, OptionText>>;
  /** Those of them that decide what comes of the run, and others that have a value of their own, as it would be typed. */
  readonly options: Readonly<Record<string, OptionText>>;
  /** The record that the options were taken from, if from one. */
  readonly config: string | undefined;
}

/** Who writes results. */
export interface Writing {
  readonly invocation: Invocation;
  /** The version of cascade. */
  readonly version: string;
  readonly reporter: Pick<Reporter, 'note'>;
}

/** What one run of a command writes. */
export interface Results {
  readonly folder: string;
  /** What its record is called, before `.run.json`. */
  readonly name: string;
  /** Rows of CSV files, by their names. */
  readonly tables: Readonly<Record<string, CsvRows>>;
  readonly sources: RunSources;
  /** What options came to that nobody typed and that depend on the cascade, by their long names. */
  readonly resolved?: Readonly<Record<string, OptionText>>;
}

/**
 * Writes the CSV files of a run, and beside them one record of it, `<name>.run.json`: that of a command, since all its files come of the
 * same options. Says so where the run repeats another and came to other bytes, and where it replaced another cascade's results.
 *
 * @throws CascadeError if a file cannot be written.
 */
export async function writeResults(
  { invocation, version, reporter }: Writing,
  { folder, name, tables, sources, resolved = {} }: Results,
): Promise<void> {
  const { command, line, options, config } = invocation;
  const record = path.join(folder, `${name}.run.json`);
  // Both before anything is written: a run may repeat the very one whose files it writes.
  const repeated = config === undefined ? undefined : await loadRunRecord(config);
  const replaced = await recordIfThere(record);
  const files: Record<string, string> = {};
  for (const [file, rows] of Object.entries(tables)) {
    const text = csvText(rows);
    await writeFileAtomically(path.join(folder, file), text);
    files[file] = sha256Of(text);
  }
  const written: RunRecord = {
    ...{ schema: RUN_SCHEMA, command, command_line: line, arguments: invocation.arguments },
    options: { ...resolved, ...options },
    ...(await environment(version)),
    ...sources,
    files,
  };
  await writeFileAtomically(record, `${JSON.stringify(written, null, 2)}\n`);
  const [before, now] = [replaced?.arguments?.[0], invocation.arguments[0]];
  if (before !== undefined && now !== undefined && path.resolve(before) !== path.resolve(now))
    reporter.note(
      `The results in ${folder} were of ${before} and are of ${now} now; --results keeps such apart.`,
    );
  if (repeated !== undefined) reporter.note(`${differences(repeated, written)} (${config}).`);
}

/** Whatever else is there is replaced like any file of results. */
async function recordIfThere(file: string): Promise<RunRecord | undefined> {
  try {
    return await loadRunRecord(file);
  } catch (error) {
    if (error instanceof CascadeError) return undefined;
    throw error;
  }
}
