import path from 'node:path';
import { disputedClasses } from '../../calibrate/disputes/dispute.js';
import { mostBreaksPassing } from '../../calibrate/disputes/passes.js';
import type { AskedLabels } from '../../cascade/ask/ask.js';
import { OTHER_CLASS } from '../../cascade/ask/read-answers.js';
import { PACKAGE_ROOT } from '../../files/package-root.js';
import { readText } from '../../files/read-text.js';
import { sha256Of } from '../../files/sha256.js';
import { csvText } from '../csv.js';
import { answerRow, answerSheet } from './answer-sheet.js';

/** Keys of the classes that an image offers, in their order; the others are clicked. */
const KEYS = '123456789abcdefghijklmnopqrtuvwxyz';

/** Where the data and the script go into `pages/label.html`. */
const QUESTION_MARK = '"the question"';
const MARKS = /"the question"|\/\* the script \*\//g;

/**
 * Repairs up to which the page knows the test, as a share of the images and at most: each takes some milliseconds. Beyond them, where more
 * is repaired than cascades do, the page may ask for more labels than matter.
 */
const REPAIRS_SHARE = 0.04;
const FEWEST_REPAIRS = 100;
const MOST_REPAIRS = 2000;

/**
 * A page on which images are labelled by keyboard, offline, that asks for no more than matter and gives the labels as CSV. It shows nothing of what
 * the networks predict but the set of classes.
 *
 * @param classNames of the cascade.
 */
export async function labelPage(asked: AskedLabels, classNames: readonly string[]): Promise<string> {
  const [page, script, labelsLeft] = await Promise.all([
    readText(path.join(PACKAGE_ROOT, 'pages', 'label.html')),
    readText(path.join(PACKAGE_ROOT, 'pages', 'label.js')),
    readText(path.join(import.meta.dirname, '..', '..', 'calibrate', 'disputes', 'labels-left.js')),
  ]);
  const code = [labelsLeft.replace(/^export /gm, ''), script.replace(/^import .*$/gm, '')].join('\n');
  // Else a name with `</script>` in it would end the data.
  const question = JSON.stringify(questionOf(asked, classNames)).replaceAll('<', '\\u003c');
  // At once, since names in the one may read like the place of the other.
  return page.replace(MARKS, (mark) => (mark === QUESTION_MARK ? question : code));
}

function questionOf({ asked, path: { points, images }, passes }: AskedLabels, classNames: readonly string[]) {
  const sheet = answerSheet(asked);
  const choiceOf = (label: number) => {
    const name = classNames[label]!;
    return { label, name, cell: csvText([{ name }], { header: false }).trimEnd() };
  };
  return {
    id: `cascade-ask-${sha256Of(JSON.stringify([sheet, points]))}`,
    csv: sheet.split('\n')[0],
    points: points.length,
    most_breaks: testTable(passes, images, asked.length),
    keys: [...KEYS],
    none: OTHER_CLASS,
    images: asked.map((each) => ({
      ...each.dispute,
      picture: each.picture,
      row: answerRow(each),
      choices: disputedClasses(each.dispute).map(choiceOf),
    })),
  };
}

function testTable(passes: AskedLabels['passes'], images: number, disputed: number): readonly number[] {
  const share = Math.max(FEWEST_REPAIRS, Math.ceil(REPAIRS_SHARE * images));
  const most = Math.min(disputed, share, MOST_REPAIRS);
  const table: number[] = [];
  for (const value of mostBreaksPassing(passes, images)) if (table.push(value) > most) break;
  return table;
}
