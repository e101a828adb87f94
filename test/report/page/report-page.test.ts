import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import test, { type ExecutionContext } from 'ava';
import { chosenCalibration } from '../../../lib/artifact/chosen-calibration.js';
import { pricesOf } from '../../../lib/artifact/timings/prices.js';
import { explainCascade } from '../../../lib/cascade/explain/explain-cascade.js';
import { reportPage } from '../../../lib/report/page/report-page.js';
import type { Reported } from '../../../lib/report/page/reported.js';
import { CHROMIUM, headlessChromium } from '../../support/chromium.js';
import { testWith } from '../../support/needs.js';
import { mustRun } from '../../support/run-cascade.js';
import { smallCascade } from '../../support/small-cascade.js';

const HOSTILE = [
  `</script><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  '$& {the title} <!-- the title -->',
];

/** A cascade whose every text is a trap. */
async function hostile(t: ExecutionContext): Promise<Reported> {
  const { folder, manifest } = await smallCascade(t);
  const calibration = await chosenCalibration(folder, manifest);
  const shown = { eachExit: 2, changed: 10 };
  const explanation = await explainCascade(folder, manifest, calibration, pricesOf(manifest, null), shown);
  const trapped = {
    ...manifest,
    class_names: HOSTILE,
    name: HOSTILE[0]!,
    dataset: HOSTILE[1]!,
    exits: manifest.exits.map((exit, index) => ({ ...exit, name: HOSTILE[index]! })),
  };
  const row = { leftAt: HOSTILE[1]!, timings: '1', p50: '2', p95: '3', p99: HOSTILE[0]! };
  return {
    ...explanation,
    manifest: trapped,
    evaluation: {
      ...explanation.evaluation,
      exits: explanation.evaluation.exits.map((exit) => ({ ...exit, name: HOSTILE[1]! })),
    },
    folder: HOSTILE[1]!,
    fingerprint: 'ab',
    pictures: HOSTILE[1]!,
    latency: { engine: HOSTILE[0]!, threads: '2', rows: [row] },
  };
}

const MAKING = { command: `cascade report '${HOSTILE[0]}'`, version: '0.0.0' };

test('no text of a cascade becomes a part of the page, and the page needs nothing from elsewhere', async (t) => {
  const reported = await hostile(t);
  const page = await reportPage([reported, reported], MAKING);
  t.is(page.match(/<script/g)!.length, 3, 'the steps of both cascades, and the code');
  t.is(page.match(/<\/script>/g)!.length, 3);
  t.notRegex(page, /<img/);
  t.notRegex(
    page.replaceAll(/http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink)/g, ''),
    /https?:|@import|url\((?!#)/,
  );
  t.true(page.includes('$&amp; {the title} &lt;!-- the title --&gt;'));
});

test('the same cascade gives the same bytes', async (t) => {
  const reported = await hostile(t);
  t.is(await reportPage([reported], MAKING), await reportPage([reported], MAKING));
});

test('without a data set the page is made without pictures, and says so', async (t) => {
  const { folder } = await smallCascade(t);
  const { stdout, stderr } = await mustRun(
    path.dirname(folder),
    'report',
    'small.cascade',
    '--out',
    'a/b.html',
  );
  t.is(stdout, 'a/b.html\n');
  t.regex(stderr, /^No pictures of images: /);
  const page = await readFile(path.join(path.dirname(folder), 'a', 'b.html'), 'utf8');
  t.regex(page, /<p class="note">No pictures of images: /);
  t.notRegex(page, /<img/);
  t.true(page.length < 300_000, `${page.length}`);
});

testWith(
  CHROMIUM,
  'the slider goes along the certified path by keyboard and shows what eval does with each drop, on a phone, too',
  async (t) => {
    const { folder } = await smallCascade(t);
    const parent = path.dirname(folder);
    await mustRun(parent, 'report', 'small.cascade');
    const browser = await headlessChromium(t);
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const failures: string[] = [];
    const requests: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('request', (request) => requests.push(new URL(request.url()).protocol));
    await page.goto(pathToFileURL(path.join(parent, 'report.html')).href);
    t.true(((await page.evaluate('document.documentElement.scrollWidth')) as number) <= 360);
    const shown = (name: string): Promise<string | null> =>
      page.locator(`[data-show="${name}"]`).textContent();
    t.is(await shown('drop'), '30.00 points');
    const ring = page.locator('circle.mark');
    const before = await ring.getAttribute('cx');
    await page.locator('input[type="range"]').focus();
    await page.keyboard.press('Home');
    t.is(await shown('drop'), '0.00 points');
    t.not(await ring.getAttribute('cx'), before);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    const drop = Number.parseFloat((await shown('drop'))!);
    const { stdout } = await mustRun(parent, 'eval', 'small.cascade', '--max-drop', `${drop}%`, '--json');
    const { accuracy_percent: accuracy, macs_saved_percent: saved } = JSON.parse(stdout);
    t.true((await shown('accuracy'))!.startsWith(`${accuracy.toFixed(2)} % `));
    t.true((await shown('macs'))!.endsWith(`(${saved.toFixed(1)} % saved)`));
    await page.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    t.is(await page.locator('details[open]').count(), 1);
    t.deepEqual(failures, []);
    t.deepEqual([...new Set(requests)], ['file:']);
  },
);
