import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Files } from './reader.js';

/** Where damaged archives try to put files. */
const OUTSIDE = 'cascade-fuzz-outside';

/** A folder, alone in another, in which one case after another lies. */
export class CaseFolder {
  #sample: Files | undefined;

  private constructor(
    /** Holds the folder alone, so that whatever is written beside it shows. */
    readonly around: string,
    readonly folder: string,
  ) {}

  static async create(): Promise<CaseFolder> {
    const around = await mkdtemp(path.join(tmpdir(), 'cascade-fuzz-'));
    return new CaseFolder(around, path.join(around, 'around', 'case'));
  }

  /** Puts a sample there with one file of it exchanged. */
  async fill(sample: Files, file: string, bytes: Uint8Array): Promise<void> {
    if (this.#sample !== sample) {
      await this.empty();
      for (const [name, content] of Object.entries(sample)) await this.#write(name, content);
      this.#sample = sample;
    }
    await this.#write(file, bytes);
  }

  /** Puts back what one file was, so that the next case finds the sample whole. */
  async restore(file: string): Promise<void> {
    await this.#write(file, this.#sample![file]!);
  }

  async empty(): Promise<void> {
    this.#sample = undefined;
    await rm(path.join(this.around, 'around'), { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
  }

  /** Files that were written outside the folder, and, unless that is allowed, inside it besides the sample's. */
  async strays(mayWrite: boolean): Promise<readonly string[]> {
    const beside = (await readdir(path.dirname(this.folder))).filter((name) => name !== 'case');
    const above = (await readdir(this.around)).filter((name) => name !== 'around');
    const absolute = [path.join('/tmp', OUTSIDE)].filter((place) => existsSync(place));
    const inside = mayWrite ? [] : await this.#unknown();
    return [...beside, ...above, ...absolute, ...inside];
  }

  async remove(): Promise<void> {
    await rm(this.around, { recursive: true, force: true });
  }

  async #unknown(): Promise<readonly string[]> {
    const entries = await readdir(this.folder, { recursive: true });
    const known = Object.keys(this.#sample!);
    return entries.filter((entry) => {
      const name = entry.split(path.sep).join('/');
      return !known.some((each) => each === name || each.startsWith(`${name}/`));
    });
  }

  async #write(name: string, content: Uint8Array): Promise<void> {
    const target = path.join(this.folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}
