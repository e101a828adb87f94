import { AUTO, attach as makeCascade } from '../../cascade/attach/attach.js';
import { askedHeads } from '../../cascade/attach/networks/student-shares.js';
import type { GivenPreprocessing } from '../../cascade/backbone/choose-preprocessing.js';
import { loadBackboneFor } from '../../cascade/backbone/load-backbone-for.js';
import { refuseCascade } from '../../cascade/backbone/refuse-cascade.js';
import { calibrationAccuracies } from '../../cascade/calibration-accuracies.js';
import { defaultDataFolder, locateDataset, resizedAs } from '../../data/dataset.js';
import { usageError } from '../../errors.js';
import { describeAttached } from '../../report/describe/describe-attached.js';
import { describeAutoExits } from '../../report/describe/describe-auto-exits.js';
import { describeReading } from '../../report/describe/describe-reading.js';
import type { AttachCommandOptions } from '../attach.js';
import type { CommandContext } from '../common/context.js';
import { openChosenEngine } from '../common/engine-options.js';
import { cascadeFolder, makingOptions } from '../common/making-options.js';
import { readingOptions } from '../common/reading-options.js';

/** Kinds of heads where none is named; with `--exits auto` those to choose among. */
const HEADS = 'mlp';
const AUTO_HEADS = 'linear,mlp';

/** Attaches exits and prints what was made. */
export async function attach(
  file: string,
  options: AttachCommandOptions,
  context: CommandContext,
): Promise<void> {
  const { reporter, print } = context;
  await refuseCascade(file);
  const located = await locateDataset(options.data, options.dataDir ?? defaultDataFolder());
  const [channels] = located.description.shape;
  const backbone = await loadBackboneFor(file, located.description, readingOptions(options));
  for (const note of backbone.notes) reporter.note(note);
  const dataset = resizedAs(located, backbone.preprocessing);
  const preprocessing = givenPreprocessing(file, options, backbone.takesPixels, channels);
  const isAuto = options.exits === AUTO;
  const out = options.out ?? cascadeFolder(file);
  const asked = options.heads === undefined ? undefined : askedHeads(options.heads);
  const manifest = await makeCascade(backbone, dataset, await openChosenEngine(options, reporter), {
    ...makingOptions(options, context),
    out,
    exits: options.exits,
    heads: asked?.inside ?? (isAuto ? AUTO_HEADS : HEADS),
    ...(asked === undefined ? {} : { students: asked.students }),
    ...(options.autoDrop === undefined ? {} : { autoDrop: options.autoDrop }),
    onAutoExits: (choice) => {
      if (!options.json) print(`${describeAutoExits(choice)}\n`);
    },
    augmentedPasses: options.augment,
    ...(options.epochs === undefined ? {} : { epochs: options.epochs }),
    ...(options.fitImages === undefined ? {} : { fitImages: options.fitImages }),
    preprocessing,
    onReading: (choice) => reporter.note(describeReading(choice)),
    ...(options.backend === undefined ? {} : { fitBackend: options.backend }),
  });
  if (options.json) return print(JSON.stringify(manifest, null, 2));
  const { architecture } = backbone;
  const names = { out, architecture, data: dataset.description.title };
  print(describeAttached(manifest, names, await calibrationAccuracies(out, manifest)));
  reporter.note(`Next: cascade calibrate ${out} --max-drop 1%`);
}

/** @throws CascadeError if what is given does not fit together, or not to the file or the channels of an image. */
function givenPreprocessing(
  file: string,
  { mean, std, channels: order }: AttachCommandOptions,
  takesPixels: boolean,
  channels: number,
): GivenPreprocessing {
  if (
    (mean === undefined) !== (std === undefined) ||
    (mean && (mean.length !== channels || std!.length !== channels || std!.some((value) => value <= 0)))
  ) {
    throw usageError(
      `--mean and --std go together, one number for each of the ${channels} channels, each --std above 0.`,
    );
  }
  if (takesPixels && (mean !== undefined || order !== undefined))
    throw usageError(
      `${file} takes pixels 0 … 255 and normalises them itself; leave --mean, --std and --channels away.`,
    );
  if (order === 'bgr' && channels !== 3)
    throw usageError(`--channels bgr is for images of 3 channels, and these have ${channels}; leave it out.`);
  if (mean === undefined || std === undefined) return { channels: order };
  return { normalization: { mean, std, ...(order === 'bgr' ? { channels: order } : {}) } };
}
