import path from 'node:path';
import { loadNetwork } from '../../artifact/attached-network.js';
import { checkReplaceable } from '../../artifact/check-out.js';
import { exitCosts } from '../../artifact/exit-costs.js';
import { loadManifest } from '../../artifact/manifest.js';
import { defaultMethod } from '../../calibrate/default-search.js';
import { askLabels } from '../../cascade/ask/ask.js';
import { ASK_FILES, ASK_FOLDER } from '../../cascade/ask/ask-record.js';
import { listedImages } from '../../data/listed-images.js';
import { usageError } from '../../errors.js';
import { writeFileAtomically } from '../../files/atomic-write.js';
import { answerSheet } from '../../report/ask/answer-sheet.js';
import { askedRow, describeAsked } from '../../report/ask/describe-asked.js';
import { labelPage } from '../../report/ask/label-page.js';
import type { AskCommandOptions } from '../ask.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { noteChosenClasses } from '../common/note-chosen-classes.js';
import { scoringOf } from '../common/scoring-options.js';

/** Runs images without labels through a cascade and makes a folder of those whose labels can matter. */
export async function ask(
  folder: string,
  options: AskCommandOptions,
  { print, reporter, signal, version }: CommandContext,
): Promise<void> {
  const { images, out, maxDrop, confidence, most, splitSeed, force = false } = options;
  if (confidence === 'none')
    throw usageError(
      '--confidence none promises nothing, and needs no labels to be asked for; give a level such as 95%.',
    );
  if (most === 0) throw usageError('--most 0 asks for no label at all; give at least 1, or leave it out.');
  const manifest = await loadManifest(folder);
  noteChosenClasses(manifest, reporter);
  const method = options.method ?? defaultMethod(options.criterion);
  const labelFree = false;
  const scoring = scoringOf(options, manifest.classes, { method, labelFree, costs: exitCosts(manifest) });
  checkReplaceable(out, force, ASK_FOLDER);
  const files = await listedImages(images, reporter.note);
  const saved = await loadNetwork(folder, manifest);
  const asked = await askLabels({
    folder,
    manifest,
    saved,
    engine: await openChosenEngine(options, reporter),
    files,
    source: images.join(' '),
    question: {
      search: { method, ...scoring, labelFree },
      maxDrop,
      confidence,
      seed: splitSeed,
      mostLabels: most ?? null,
    },
    out,
    force,
    copies: options.copy ?? false,
    onBadImage: options.onBadImage,
    version,
    reporter,
    signal,
    finish: async (work, labels) => {
      await writeFileAtomically(path.join(work, ASK_FILES.answers), answerSheet(labels.asked));
      await writeFileAtomically(
        path.join(work, ASK_FILES.page),
        await labelPage(labels, manifest.class_names),
      );
    },
  });
  if (options.json) return print(JSON.stringify(askedRow(asked), null, 2));
  print(describeAsked(asked, out));
  const answers = path.join(out, ASK_FILES.answers);
  reporter.note(
    asked.asked.length === 0
      ? `Next: cascade calibrate ${folder} --answers ${answers}`
      : `Next: open ${path.join(out, ASK_FILES.page)}, label, put the saved file in place of ${answers}; then cascade calibrate ${folder} --answers ${answers}`,
  );
}
