import type { Manifest } from '../../artifact/manifest.js';
import type { ShownCascade } from '../../cascade/show-cascade.js';
import { percent } from '../../stats/percent.js';
import { calibrationRows } from './calibration-rows.js';

/** What `show --json` prints. */
export function shownRow({ folder, manifest, splits, timings, calibrations, entries }: ShownCascade) {
  const { name, dataset, classes, cascade_version, full_macs, mac_convention, seed, engine } = manifest;
  return {
    ...{ cascade: name, folder, dataset, classes },
    networks: networksOf(manifest),
    ...{ full_macs, mac_convention },
    exits: manifest.exits.map((exit) => ({
      ...{ name: exit.name, block: exit.block, head: exit.head },
      macs: exit.backbone_macs + exit.head_macs,
      macs_percent: percent((exit.backbone_macs + exit.head_macs) / full_macs),
      head_macs: exit.head_macs,
      held_out_accuracy_percent: exit.held_out_accuracy_percent,
    })),
    splits: splits.map(({ name: split, records, half, recorded }) => ({
      ...{ split, records, half: half ?? null },
      ...{ source: recorded?.source ?? null, images: recorded?.images ?? null },
    })),
    timings: timings.map(({ engine: by, cpu, cores, batch_size, date, full }) => ({
      ...{ engine: by.name, version: by.version, backend: by.backend ?? null, cpu, cores, batch_size, date },
      full_milliseconds: full.nanoseconds / 1e6,
    })),
    calibrations: calibrationRows(calibrations),
    files: entries.map((entry) => ({ name: entry.name, size_bytes: entry.bytes })),
    made_by: { cascade_version, engine: engine ?? null, seed },
  };
}

/** The trained networks, the full one last; none of imported records. */
function networksOf({ members, backbone, full_macs: fullMacs }: Manifest) {
  if (members !== undefined)
    return members.map(({ name, file, architecture, input_shape, macs, sha256 }) => ({
      ...{ name, file, architecture, input_shape, macs, sha256 },
    }));
  if (backbone === undefined) return [];
  const { file, architecture, input_shape, sha256 } = backbone;
  return [{ name: null, file, architecture, input_shape, macs: fullMacs, sha256 }];
}
