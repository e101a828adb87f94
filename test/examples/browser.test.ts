import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { CHROMIUM, headlessChromium } from '../support/chromium.js';
import { testWith } from '../support/needs.js';
import { runCascade } from '../support/run-cascade.js';
import { ATTACH, idxFiles, SIZE, workshop } from '../support/workshop.js';

const IMAGES = 6;

const TITLE = 'the page in the browser classifies images as the command line does and shows where each left';

testWith(CHROMIUM, TITLE, async (t) => {
  const browser = await headlessChromium(t);
  const folder = await workshop(t);
  await runCascade(folder, ...ATTACH, '--out', 'mine.cascade');
  await runCascade(folder, 'calibrate', 'mine.cascade', '--max-drop', '20%');
  await runCascade(folder, 'export', 'mine.cascade', '--format', 'tfjs', '--out', 'exported');
  const pictures = path.join(folder, 'pictures');
  await mkdir(pictures);
  const pixels = idxFiles(200, 3).images.subarray(16);
  for (let image = 0; image < IMAGES; image++) {
    const raw = { width: SIZE, height: SIZE, channels: 1 } as const;
    const part = pixels.subarray(image * SIZE * SIZE, (image + 1) * SIZE * SIZE);
    await sharp(part, { raw }).toFile(path.join(pictures, `${image}.png`));
  }
  const { stdout } = await runCascade(folder, 'run', 'mine.cascade', 'pictures', '--json', '--quiet');
  const expected = (JSON.parse(stdout) as { class_name: string; block: number | null; macs: number }[]).map(
    ({ class_name, block, macs }) => [
      class_name,
      block === null ? 'full network' : `block ${block}`,
      macs.toLocaleString('en'),
    ],
  );
  const server = spawn(process.execPath, [
    'examples/browser/serve.mjs',
    path.join(folder, 'exported'),
    pictures,
    '0',
  ]);
  t.teardown(() => server.kill());
  const [line] = (await once(server.stdout, 'data')) as [Buffer];
  const page = await browser.newPage();
  await page.goto(line.toString().trim());
  await page.waitForSelector('body[data-state=done]', { timeout: 60_000 });
  const cells = await page.locator('#answers td').allTextContents();
  const rows = Array.from({ length: IMAGES }, (_, row) => cells.slice(6 * row, 6 * row + 6));
  t.deepEqual(
    rows.map(([, className, , left, macs]) => [className, left, macs]),
    expected,
  );
});
