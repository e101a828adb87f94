import path from 'node:path';
import { loadNetwork } from '../artifact/attached-network.js';
import { checkReplaceable, type FolderKind } from '../artifact/check-out.js';
import { type CalibrationChoice, chosenCalibration } from '../artifact/chosen-calibration.js';
import { replaceFolder } from '../artifact/folders/replace-folder.js';
import { loadManifest } from '../artifact/manifest.js';
import { writeOnnx } from '../engine/onnxruntime/write-onnx.js';
import type { DecisionRule } from '../exits/decision-rule.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { forBlockedLayout } from '../network/blocked-layout.js';
import { type CascadeSegment, cascadeSegments } from '../router/cascade-segments.js';
import { singleOnnx } from '../router/onnx/single-onnx.js';
import {
  DESCRIPTION_FILE,
  type ExportDescription,
  type ExportFormat,
  exportDescription,
  isExportFile,
  RUNTIME_FOLDER,
} from './export-description.js';
import { graphModel, WEIGHTS_FILE } from './graph-model.js';
import { runtimeFiles } from './runtime-files.js';

export interface ExportOptions extends CalibrationChoice {
  readonly format: ExportFormat;
  /** The folder to make. */
  readonly out: string;
  /** Replace an export that is there. */
  readonly force: boolean;
  readonly version: string;
}

const EXPORT_FOLDER: FolderKind = {
  name: 'exported cascade',
  marker: DESCRIPTION_FILE,
  holds: (name) => name === DESCRIPTION_FILE || isExportFile(name),
};

/**
 * Writes a calibrated cascade as files for other runtimes: a network for each segment between enabled exits, and `export.json`. The
 * folder appears whole or not at all.
 *
 * @throws CascadeError if the cascade has no network or no thresholds, or something is in the way.
 */
export async function exportCascade(folder: string, options: ExportOptions): Promise<ExportDescription> {
  const { format, out, force, version } = options;
  const manifest = await loadManifest(folder);
  const calibration = await chosenCalibration(folder, manifest, options);
  checkReplaceable(out, force, EXPORT_FOLDER);
  const segments = cascadeSegments(await loadNetwork(folder, manifest), calibration.rule.thresholds);
  const description = exportDescription(manifest, calibration, segments, format, version);
  return replaceFolder({ out, kind: EXPORT_FOLDER, force }, async (work) => {
    const write = (name: string, content: string | Uint8Array): Promise<void> =>
      writeFileAtomically(path.join(work, name), content);
    if (format === 'onnx') await writeOnnxFiles(write, segments, description, calibration.rule);
    else await writeGraphModels(write, segments, description);
    await write(DESCRIPTION_FILE, `${JSON.stringify(description, null, 2)}\n`);
    return description;
  });
}

type Write = (name: string, content: string | Uint8Array) => Promise<void>;

async function writeOnnxFiles(
  write: Write,
  segments: readonly CascadeSegment[],
  description: ExportDescription,
  rule: DecisionRule,
): Promise<void> {
  for (const [position, { network, takesPixels, outputs }] of segments.entries()) {
    const inputType = takesPixels ? 'uint8' : 'float32';
    const bytes = writeOnnx(forBlockedLayout(network), { outputs, inputType });
    await write(description.segments[position]!.file, bytes);
  }
  const { classes, single_file: one, batch_file: many } = description;
  await write(one!, singleOnnx(segments, { classes, rule, images: 'one', isAnswered: true }));
  await write(many!, singleOnnx(segments, { classes, rule, images: 'many', isAnswered: true }));
}

async function writeGraphModels(
  write: Write,
  segments: readonly CascadeSegment[],
  description: ExportDescription,
): Promise<void> {
  for (const [position, { network, takesPixels, outputs }] of segments.entries()) {
    const { json, weights } = graphModel(network, outputs, takesPixels ? 'int32' : 'float32');
    const { file } = description.segments[position]!;
    await write(file, json);
    await write(path.posix.join(path.posix.dirname(file), WEIGHTS_FILE), weights);
  }
  for (const [name, text] of await runtimeFiles()) await write(path.posix.join(RUNTIME_FOLDER, name), text);
}
