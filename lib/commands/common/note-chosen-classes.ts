import { chosenClassesWords } from '../../artifact/chosen-classes.js';
import type { Manifest } from '../../artifact/manifest.js';
import type { Reporter } from '../../reporter.js';

/** Says which classes all figures are of, where a network has only some of its classes in a cascade. */
export function noteChosenClasses(manifest: Manifest, reporter: Reporter): void {
  const words = chosenClassesWords(manifest);
  if (words !== undefined) reporter.note(`Of ${manifest.dataset}: ${words}.`);
}
