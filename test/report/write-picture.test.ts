import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import sharp from 'sharp';
import { frontSpecification } from '../../lib/report/plot/front/plot-front.js';
import { onPaper } from '../../lib/report/plot/look.js';
import { readReports } from '../../lib/report/read-csv.js';
import { writePicture } from '../../lib/report/write-picture.js';
import { RESNET56, resultFiles } from './sample-results.js';

test('a width on paper is the width of each format', async (t) => {
  const look = onPaper(8.5);
  const specification = frontSpecification(await readReports(await resultFiles([RESNET56])), { look });
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-picture-'));
  const files = ['p.svg', 'p.png', 'p.pdf'].map((name) => path.join(folder, name));
  await writePicture(specification, files, look);
  const [svg, png, pdf] = await Promise.all(files.map((file) => readFile(file)));
  t.regex(svg!.toString('utf8'), /<svg[^>]* width="8\.5cm" height="\d+\.\d+cm" viewBox="0 0 /);
  const { width, density } = await sharp(png!).metadata();
  t.is(density, 600);
  t.true(Math.abs(width - (8.5 / 2.54) * 600) <= 1);
  const [, points] = /\/MediaBox \[0 0 ([\d.]+) /.exec(pdf!.toString('latin1'))!;
  // Skia has pages of whole points.
  t.is(Number(points), Math.round((8.5 / 2.54) * 72));
});
