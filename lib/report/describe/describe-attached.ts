import { chosenClassesWords } from '../../artifact/chosen-classes.js';
import { FULL_NETWORK } from '../../artifact/exit-names.js';
import type { Manifest } from '../../artifact/manifest.js';
import type { CalibrationAccuracies } from '../../cascade/calibration-accuracies.js';
import { counted, grouped } from '../../counted.js';
import { renderTable } from '../table.js';

/**
 * What `attach` made, in a line and a table of its exits.
 *
 * @param names what the cascade, its backbone and its data are called.
 * @param accuracies of images that nothing was fitted on: a backbone has nearly all of those right that it was trained on, and so have its exits.
 */
export function describeAttached(
  manifest: Manifest,
  { out, architecture, data }: { readonly out: string; readonly architecture: string; readonly data: string },
  { description, images, right }: CalibrationAccuracies,
): string {
  const { exits, full_macs: fullMacs } = manifest;
  const title = [
    `${out}: ${architecture} on ${data}`,
    chosenClassesWords(manifest),
    counted(exits.length, 'exit'),
    `${grouped(fullMacs)} MACs`,
  ];
  const accuracyOf = (exit: number): string => `${((100 * right[exit]!) / images).toFixed(1)} %`;
  const table = renderTable(
    ['exit after', 'head', 'MACs with head', 'head MACs', 'accuracy alone'],
    [
      ...exits.map((exit, index) => [
        exit.name,
        exit.head,
        grouped(exit.backbone_macs + exit.head_macs),
        grouped(exit.head_macs),
        accuracyOf(index),
      ]),
      [FULL_NETWORK, null, grouped(fullMacs), null, accuracyOf(exits.length)],
    ],
  );
  const closing = `Accuracies of all images at one exit, on the calibration images: the ${description} (${counted(images, 'image')}). A promise holds for exits that were not picked by these figures; --exits auto picks by fitting images.`;
  return [title.filter(Boolean).join(', '), '', table, '', closing].join('\n');
}
