import path from 'node:path';
import type { SavedNetwork } from '../../artifact/attached-network.js';
import { replaceFolder } from '../../artifact/folders/replace-folder.js';
import type { Manifest } from '../../artifact/manifest.js';
import type { Dispute } from '../../calibrate/disputes/dispute.js';
import { labelsLeft } from '../../calibrate/disputes/labels-left.js';
import { decodedImages } from '../../data/image-set.js';
import type { ImageSource } from '../../data/image-source.js';
import { STRETCH } from '../../data/pictures/preprocessing.js';
import type { Engine } from '../../engine/engine.js';
import { CascadeError } from '../../errors.js';
import { sha256Of } from '../../files/sha256.js';
import { contentOfSplit, recordSplit } from '../../records/record-split.js';
import { cascadeFingerprint } from '../../records/shards.js';
import { findBadImages, type OnBadImage } from '../../records/usable-split.js';
import type { Reporter } from '../../reporter.js';
import { ASK_FILES, ASK_FOLDER, saveAskRecord, writtenQuestion } from './ask-record.js';
import { loadAskedOutputs } from './asked-outputs.js';
import { linkPictures, type Picture, pictureName } from './link-pictures.js';
import { type AskedPath, askedPath, type Question } from './question.js';

export interface AskOptions {
  /** The cascade's. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly saved: SavedNetwork;
  readonly engine: Engine;
  /** Images without labels. */
  readonly files: readonly string[];
  /** What the images are called in reports. */
  readonly source: string;
  readonly question: Question;
  /** The folder to make. */
  readonly out: string;
  readonly force: boolean;
  /** Copies of the images to label, instead of links. */
  readonly copies: boolean;
  readonly onBadImage: OnBadImage;
  readonly version: string;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  /** Writes what people label with into the folder before it gets its name. */
  readonly finish: (work: string, asked: AskedLabels) => Promise<void>;
}

/** An image whose label is asked for. */
export interface AskedImage extends Picture {
  readonly dispute: Dispute;
}

/** Which labels can matter. */
export interface AskedLabels extends AskedPath {
  /** How many images there are. */
  readonly images: number;
  /** In the order in which they decide. */
  readonly asked: readonly AskedImage[];
}

/**
 * Runs images without labels through all exits and the full network, and makes a folder of those whose labels can matter. Recording goes on where an
 * earlier run of the same question stopped.
 *
 * @throws CascadeError if something is in the way, or an image cannot be decoded and that is to end the run.
 */
export async function askLabels(options: AskOptions): Promise<AskedLabels> {
  const { folder, manifest, question, out, force, copies, version, reporter, source: name, finish } = options;
  const { files, source } = await usableImages(options);
  const cascade = await cascadeFingerprint(folder);
  const plan = JSON.stringify([version, cascade, writtenQuestion(question), sha256Of(files.join('\0'))]);
  const { note } = reporter;
  return replaceFolder({ out, kind: ASK_FOLDER, force, plan, onNote: note }, async (work) => {
    const exitLogits = options.saved.exits.map(({ logits }) => logits);
    const { network } = options.saved;
    const outputsFolder = path.join(work, ASK_FILES.outputs);
    const content = contentOfSplit(source, manifest);
    await recordSplit({ ...options, network, exitLogits }, source, outputsFolder, content);
    const { outputs, sha256 } = await loadAskedOutputs(work);
    const { path: tested, passes } = askedPath(outputs, question);
    const disputes = labelsLeft(tested.disputes, tested.points.length, new Map(), passes);
    const asked = disputes.map((dispute, index) => {
      const file = files[dispute.image]!;
      return { dispute, file, picture: pictureName(index, disputes.length, file) };
    });
    await linkPictures(path.join(work, ASK_FILES.pictures), asked, copies);
    const result = { images: files.length, asked, path: tested, passes };
    await finish(work, result);
    await saveAskRecord(work, {
      cascade_version: version,
      cascade: manifest.name,
      cascade_sha256: cascade,
      ...writtenQuestion(question),
      source: name,
      images: files.length,
      outputs_sha256: sha256,
      asked: asked.map(({ dispute: { image }, picture, file }) => ({ image, picture, file })),
    });
    return result;
  });
}

/** The images that can be decoded, as `run` sees them. */
async function usableImages({ files, source: name, manifest, saved, ...options }: AskOptions): Promise<{
  readonly files: readonly string[];
  readonly source: ImageSource;
}> {
  const form = {
    shape: saved.network.graph.inputShape as ImageSource['shape'],
    preprocessing: manifest.backbone?.preprocessing ?? STRETCH,
    upright: true,
  };
  const sourceOf = (some: readonly string[]): ImageSource =>
    decodedImages(
      {
        name,
        // Nobody knows them, and nothing reads them.
        labels: new Uint16Array(some.length),
        imageOf: (index) => ({ name: some[index]!, content: some[index]! }),
      },
      form,
    );
  const all = sourceOf(files);
  if (options.onBadImage === 'stop') return { files, source: all };
  const bad = new Set(await findBadImages(all, options));
  const usable = files.filter((_, index) => !bad.has(index));
  if (usable.length === 0)
    throw new CascadeError(`No image of ${name} can be decoded; check that they are what they should be.`);
  return { files: usable, source: sourceOf(usable) };
}
