import { activateCalibration, loadCalibrations } from '../../artifact/calibrations.js';
import { calibrationOf } from '../../artifact/chosen-calibration.js';
import { withFolderLock } from '../../artifact/folders/folder-lock.js';
import { loadManifest } from '../../artifact/manifest.js';
import { showCascade } from '../../cascade/show-cascade.js';
import { describeShown } from '../../report/show/describe-shown.js';
import { shownRow } from '../../report/show/shown-row.js';
import type { CommandContext } from '../common/context.js';
import type { ShowOptions } from '../show.js';

/** Prints what is in a cascade, after making another calibration the active one where that is asked for. */
export async function show(
  folder: string,
  { use, json }: ShowOptions,
  { print, reporter }: CommandContext,
): Promise<void> {
  if (use !== undefined) await activate(folder, use, reporter.note);
  const shown = await showCascade(folder);
  print(json ? JSON.stringify(shownRow(shown), null, 2) : describeShown(shown));
}

async function activate(folder: string, use: string, note: (message: string) => void): Promise<void> {
  // Before the lock, which would make the folder.
  const manifest = await loadManifest(folder);
  await withFolderLock(
    folder,
    async () => {
      const calibrations = await loadCalibrations(folder, manifest);
      const chosen = calibrationOf(calibrations, use, folder);
      await activateCalibration(folder, calibrations.all.indexOf(chosen), manifest);
    },
    note,
  );
}
