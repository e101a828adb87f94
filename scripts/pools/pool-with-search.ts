import { exitCosts } from '../../lib/artifact/exit-costs.js';
import { loadManifest, type Manifest } from '../../lib/artifact/manifest.js';
import { defaultAveraging } from '../../lib/calibrate/default-search.js';
import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { averagedBy, DEFAULT_SCORING, type Scoring } from '../../lib/exits/scoring.js';
import { loadPool } from '../../lib/records/recorded-cascade.js';

/** All recorded images of a cascade that the fitting has not seen, and how `calibrate` looks for thresholds where nothing is said. */
export async function poolWithSearch(folder: string): Promise<{
  readonly manifest: Manifest;
  readonly outputs: RecordedOutputs;
  readonly search: { readonly method: 'shared'; readonly scoring: Scoring; readonly labelFree: false };
}> {
  const manifest = await loadManifest(folder);
  const { outputs } = await loadPool(folder, manifest);
  const asked = { method: 'shared', criterion: 'softmax', labelFree: false } as const;
  const averaging = defaultAveraging({ ...asked, costs: exitCosts(manifest) });
  const scoring = { ...DEFAULT_SCORING, ...averagedBy(averaging) };
  return { manifest, outputs, search: { method: 'shared', scoring, labelFree: false } };
}
