import path from 'node:path';
import type { ExitPlace } from '../../heads/exit-place.js';
import { percent } from '../../stats/percent.js';
import type { AttachOptions } from './attach-plan.js';

/** In the folder of an unfinished cascade: what the backbone showed of fitting images, and what was fitted. */
export const FEATURES_FOLDER = 'features';
export const FITTED_FOLDER = 'fitted';

/** Features of a place in a pass over the fitting images, whichever exit stands there. */
export function featureFile(work: string, pass: number, place: ExitPlace): string {
  return path.join(work, FEATURES_FOLDER, `pass-${pass}-${placeName(place)}.npy`);
}

/** A fitted head. How it was begun depends on the number of its exit. */
export function headFile(work: string, exit: number, place: ExitPlace): string {
  return path.join(work, FITTED_FOLDER, `exit-${exit}-${placeName(place)}.safetensors`);
}

/** A fitted student of a share of the backbone's multiply-accumulates. */
export function studentFile(work: string, index: number, share: number): string {
  return path.join(work, FITTED_FOLDER, `student-${index}-${percent(share)}.safetensors`);
}

/**
 * Whether files of an unfinished cascade serve some exits.
 *
 * @param places of exits that are asked for. @param isChoice whether some of them are still to be chosen, and the others left out.
 */
export function serving(
  work: string,
  places: readonly ExitPlace[],
  isChoice: boolean,
  { students = [], augmentedPasses }: Pick<AttachOptions, 'students' | 'augmentedPasses'>,
): (file: string) => boolean {
  const passes = Array.from({ length: 1 + augmentedPasses }, (_, pass) => pass);
  const files = new Set([
    ...students.map((share, index) => studentFile(work, index, share)),
    ...places.flatMap((place, last) => {
      const exits = isChoice ? Array.from({ length: last + 1 }, (_, exit) => exit) : [last];
      return [
        ...passes.map((pass) => featureFile(work, pass, place)),
        ...exits.map((exit) => headFile(work, exit, place)),
      ];
    }),
  ]);
  return (file) => files.has(file);
}

function placeName({ cut, head }: ExitPlace): string {
  return `block-${cut.block}-${head}`;
}
