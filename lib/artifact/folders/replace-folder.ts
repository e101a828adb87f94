import { checkReplaceable, type FolderKind } from '../check-out.js';
import { withFolderLock } from './folder-lock.js';
import { isUnbegun, removePartial, startPartial } from './partial-folder.js';
import { swapFolder } from './swap-folder.js';

export interface ReplaceOptions {
  /** The folder to make. */
  readonly out: string;
  readonly kind: FolderKind;
  /** Replace one of its kind that is there. */
  readonly force: boolean;
  /** Everything that decides what the folder will hold, so that an interrupted run is gone on with, once it has made something; left out, nothing stays of one. */
  readonly plan?: string;
  /**
   * Given the unfinished folder of another plan and that plan: makes of it what the new plan can go on with. Gives back what to tell, or
   * undefined where nothing serves.
   */
  readonly adopt?: (work: string, found: string) => Promise<string | undefined>;
  /** Told of what is waited for or gone on with; left out, a locked folder is refused at once. */
  readonly onNote?: (message: string) => void;
}

/**
 * Makes a folder that appears whole or not at all. It is made as `<out>.partial`, under a lock, and gets its name at the end;
 * what had that name stays until then.
 *
 * @param make fills the folder that it is given.
 * @throws CascadeError if something is in the way or another process is at the same folder, and whatever `make` throws.
 */
export async function replaceFolder<Result>(
  { out, kind, force, plan, adopt, onNote }: ReplaceOptions,
  make: (work: string) => Promise<Result>,
): Promise<Result> {
  checkReplaceable(out, force, kind);
  const work = `${out}.partial`;
  return withFolderLock(
    out,
    async () => {
      // Another process may have made it while this one waited.
      checkReplaceable(out, force, kind);
      let told = `Going on where an earlier run stopped (${work}).`;
      const isGoneOnWith = await startPartial(work, plan ?? null, async (found) => {
        const adopted = await adopt?.(work, found);
        told = adopted ?? told;
        return adopted !== undefined;
      });
      if (isGoneOnWith) onNote?.(told);
      try {
        const result = await make(work);
        await swapFolder(work, out);
        return result;
      } catch (error) {
        // What cannot be written often cannot be removed either; the first reason is the one to give.
        if (plan === undefined || (await isUnbegun(work))) await removePartial(work).catch(() => {});
        throw error;
      }
    },
    onNote,
  );
}
