import type { Mutation } from './mutation.js';

/** Bytes by path inside a folder, with slashes. */
export type Files = Readonly<Record<string, Buffer>>;

/** A part of cascade that reads files from anywhere. */
export interface Reader {
  /** What `--reader` calls it. */
  readonly name: string;
  /** Valid files, all of which it accepts. */
  samples(): Files[] | Promise<Files[]>;
  /** How a file is damaged that keeps its structure; undefined for files that are left alone. */
  mutationOf(file: string): Mutation | undefined;
  /**
   * Reads the files of a sample, damaged or not.
   *
   * @param folder that holds them and nothing else.
   */
  read(folder: string, files: readonly string[]): Promise<unknown>;
  /** The same in the way of the command line where that takes long, asked where `read` fails. */
  confirm?(folder: string, files: readonly string[]): Promise<unknown>;
  /** Whether what it accepts leaves files beside those that it read, or what it refuses, too, to go on with. */
  readonly writes?: 'accepted' | 'always';
}

/** The one file of a sample. */
export function only(files: readonly string[]): string {
  return files[0]!;
}
