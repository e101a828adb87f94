import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { disputedClasses } from '../../../lib/calibrate/disputes/dispute.js';
import { labelPage } from '../../../lib/report/ask/label-page.js';
import { CLASS_NAMES, labelled, mustRun, QUESTION, withPictures } from '../../cascade/ask/asked-cascade.js';
import { CHROMIUM, headlessChromium } from '../../support/chromium.js';
import { testWith } from '../../support/needs.js';

/** One image, disputed between two classes at the only candidate. */
const ASKED = {
  images: 20,
  path: {
    ...{ images: 20, pathImages: 0, disputes: [] },
    scoring: { criterion: 'softmax', top: 1, averaging: 0 },
    points: [{ thresholds: [0.5], parameter: 0.5, cost: 1 }],
  },
  passes: (breaks: number) => breaks === 0,
  asked: [
    {
      ...{ picture: '1.png', file: 'a.png' },
      dispute: { image: 3, full: [0], others: [{ from: 0, to: 1, classes: [1] }] },
    },
  ],
} as const;

test('the page needs nothing from elsewhere, and names of classes do not break it', async (t) => {
  const page = await labelPage(ASKED, ['</script><script>alert(1)</script>', '$& /* the script */']);
  t.is(page.match(/<\/script>/g)!.length, 2);
  t.notRegex(page, /https?:|^import |^export /m);
  const [, data] = /<script type="application\/json" id="question">(.*)<\/script>/.exec(page)!;
  t.deepEqual(JSON.parse(data!).images[0].choices, [
    { label: 0, name: '</script><script>alert(1)</script>', cell: '</script><script>alert(1)</script>' },
    { label: 1, name: '$& /* the script */', cell: '$& /* the script */' },
  ]);
});

testWith(
  CHROMIUM,
  'labels that are given by keyboard become the CSV, and the page says when none is left',
  async (t) => {
    const browser = await headlessChromium(t);
    const { folder, cascade } = await withPictures(t);
    await mustRun(folder, 'ask', cascade, ...QUESTION);
    const { record, outputs } = await labelled(folder);
    const page = await browser.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(pathToFileURL(path.join(folder, 'ask', 'ask.html')).href);
    const { images } = JSON.parse((await page.locator('#question').textContent())!) as {
      readonly images: readonly Parameters<typeof disputedClasses>[0][];
    };
    const isLoaded = 'document.getElementById("picture").naturalWidth > 0';
    await page.waitForFunction(isLoaded);
    const given = new Map<string, string>();
    const state = page.locator('#state');
    t.is(
      await state.textContent(),
      `0 of ${images.length} images labelled. At most ${images.length} more can matter.`,
    );
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    for (;;) {
      if (/No further label changes the answer/.test((await state.textContent())!)) break;
      const picture = (await page.locator('#picture').getAttribute('src'))!.replace('images/', '');
      const { image } = record.asked.find((each) => each.picture === picture)!;
      const label = outputs.labels[image]!;
      const place = disputedClasses(images.find((each) => each.image === image)!).indexOf(label);
      await page.keyboard.press(String(place + 1));
      given.set(picture, place < 0 ? 'none of these' : CLASS_NAMES[label]!);
    }
    const download = page.waitForEvent('download');
    await page.keyboard.press('s');
    const saved = path.join(folder, 'ask', 'ask.csv');
    await (await download).saveAs(saved);
    const rows = record.asked.map(({ picture, file }) => `${picture},${file},${given.get(picture) ?? ''}`);
    t.is(await readFile(saved, 'utf8'), `${['image,file,class', ...rows].join('\n')}\n`);
    const { stdout } = await mustRun(folder, 'calibrate', cascade, '--answers', 'ask/ask.csv', '--json');
    t.is(JSON.parse(stdout).left_at_most, 0);
    t.is(JSON.parse(stdout).given, given.size);
    t.deepEqual(failures, []);
  },
);
