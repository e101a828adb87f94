import { existsSync } from 'node:fs';
import path from 'node:path';
import { cascadeName } from '../../../artifact/check-out.js';
import { loadManifest, MANIFEST_FILE } from '../../../artifact/manifest.js';
import { AUTO } from '../../../cascade/attach/attach.js';
import { loadBackbone } from '../../../cascade/backbone/load-backbone.js';
import { defaultDataFolder, locateDataset } from '../../../data/dataset.js';
import { usageError } from '../../../errors.js';
import { resultsFolder } from '../../../report/csv.js';
import type { CommandContext } from '../../common/context.js';
import { cascadeFolder } from '../../common/making-options.js';
import { optionWords } from '../../common/repeat/invocation.js';
import type { AutoOptions } from '../../composed/auto.js';
import { step } from './steps.js';

/** Options that each step is given as they were typed. */
const PASSED_ON = {
  attach: [...['data', 'data-dir', 'heads', 'on-bad-image', 'seed', 'force', 'force-backbone', 'quiet']],
  calibrate: ['confidence', 'results', 'quiet'],
  eval: ['results', 'quiet'],
  report: ['data', 'data-dir', 'results', 'quiet'],
} as const;

/** Runs the four commands one after another and prints each as its user would type it. */
export async function auto(network: string, options: AutoOptions, context: CommandContext): Promise<void> {
  const { out = cascadeFolder(network), results, maxDrop } = options;
  const { typed, options: all } = context.invocation;
  const passed = (name: keyof typeof PASSED_ON): readonly string[] =>
    optionWords(
      Object.fromEntries(PASSED_ON[name].flatMap((each) => (each in typed ? [[each, typed[each]!]] : []))),
    );
  const page = path.join(resultsFolder(results, { name: cascadeName(out) }), 'report.html');

  if (await isAttached(out, network, options))
    context.reporter.note(
      `${out} is there already and is used as it is, with the exits and heads that it has; --force attaches again.`,
    );
  else {
    const { exits } = options;
    const drop = exits === AUTO && maxDrop > 0 ? optionWords({ 'auto-drop': all['max-drop']! }) : [];
    const words = [...optionWords({ exits }), ...drop, ...passed('attach')];
    await step(['attach', network, ...words, '--out', out], context);
  }
  await step(
    ['calibrate', out, ...optionWords({ 'max-drop': all['max-drop']! }), ...passed('calibrate')],
    context,
  );
  await step(['eval', out, ...passed('eval')], context);
  await step(['report', out, ...passed('report'), '--out', page], context);
  context.reporter.note(`Next: open ${page} in a browser; \`cascade show ${out}\` says what was made.`);
}

/**
 * Whether a cascade of this network and these data is there, so that it need not be made again.
 *
 * @throws CascadeError if one of others is in its place.
 */
async function isAttached(
  out: string,
  network: string,
  { data, dataDir = defaultDataFolder(), force }: AutoOptions,
): Promise<boolean> {
  if (force || !existsSync(path.join(out, MANIFEST_FILE))) return false;
  const { backbone, dataset } = await loadManifest(out);
  const { description } = await locateDataset(data, dataDir);
  const [, height, width] = description.shape;
  const { sha256 } = await loadBackbone(network, [height, width]);
  if (backbone?.sha256 === sha256 && dataset === description.name) return true;
  throw usageError(
    `${out} is there already and was made of another ${backbone?.sha256 === sha256 ? 'data set' : 'network'}; choose another --out, or add --force to replace it.`,
  );
}
