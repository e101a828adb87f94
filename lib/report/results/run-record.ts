import { z } from 'zod';
import { usageError } from '../../errors.js';
import { type JsonLayout, readLayout } from '../../files/json-layout.js';
import { plainName } from '../../files/plain-name.js';
import { sha256Schema } from '../../files/sha256.js';

/** Version of the layout that this program writes and reads. */
export const RUN_SCHEMA = 1;

/** An option's value as it is typed: `true` for one that takes none, several texts for one that takes several. */
const optionText = z.union([z.string(), z.array(z.string()).readonly(), z.literal(true)]);

export type OptionText = Readonly<z.infer<typeof optionText>>;

const hashed = { sha256: sha256Schema };

/** What `<name>.run.json` holds. A file that is written by hand may leave out all but the command. */
const runSchema = z.strictObject({
  schema: z.literal(RUN_SCHEMA),
  command: z.string(),
  /** As typed, for a reader. */
  command_line: z.string().exactOptional(),
  arguments: z.array(z.string()).readonly().exactOptional(),
  /** By their long names, with those that were not typed and have a value nevertheless. */
  options: z.record(z.string(), optionText).readonly().exactOptional(),
  versions: z
    .strictObject({
      cascade: z.string(),
      /** The commit of the sources that cascade was run from, `-dirty` behind it where they were changed; null where they are no clone. */
      commit: z.string().nullable(),
      node: z.string(),
      /** Null where it is not installed. */
      onnxruntime: z.string().nullable(),
    })
    .exactOptional(),
  machine: z.strictObject({ cpu: z.string(), cores: z.int().min(1), platform: z.string() }).exactOptional(),
  /** Trained networks, by the names that their files had. */
  weights: z
    .array(z.strictObject({ file: z.string(), ...hashed }))
    .readonly()
    .exactOptional(),
  /** Images, by what was recorded of them or else by their labels. */
  data: z
    .array(z.strictObject({ source: z.string(), images: z.int().min(1), ...hashed }))
    .readonly()
    .exactOptional(),
  /** SHA-256 of the CSV files beside it that the run wrote. */
  files: z.record(plainName, sha256Schema).readonly().exactOptional(),
});

/** A run as it can be told again. */
export type RunRecord = Readonly<z.infer<typeof runSchema>>;

const LAYOUT: JsonLayout<typeof runSchema> = {
  schema: runSchema,
  version: RUN_SCHEMA,
  remedy: 'correct it, or give the file that a run wrote',
};

/** Reads the record of a run. @throws CascadeError if it is absent, damaged, or has a key that no such record has. */
export async function loadRunRecord(file: string): Promise<RunRecord> {
  if (/\.csv$/i.test(file))
    throw usageError(
      `${file} is a CSV file of results; give the record of the run that wrote it, which lies beside it and ends in .run.json.`,
    );
  return readLayout(file, LAYOUT, `${file} is not there; a run writes such a file beside its CSV files`);
}
