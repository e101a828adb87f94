import test from 'ava';
import sharp from 'sharp';
import { frontSpecification } from '../../../lib/report/plot/front/plot-front.js';
import { renderPdf, renderPng, renderSvg } from '../../../lib/report/plot/render.js';
import { readReports } from '../../../lib/report/read-csv.js';
import type { SampleRun } from '../sample-results.js';
import { RESNET20, RESNET56, resultFiles, TWELVE_EXITS } from '../sample-results.js';

async function svgOf(...runs: SampleRun[]): Promise<string> {
  return renderSvg(frontSpecification(await readReports(await resultFiles(runs))));
}

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);

/** Grey values of a PNG, row by row. */
async function pixelsOf(png: Uint8Array) {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

test('the SVG holds titles, axis titles, labels and key as text in DejaVu Sans', async (t) => {
  const svg = await svgOf(RESNET56);
  t.regex(svg, /<svg[^>]* width="900" height="5[0-9]\d"/);
  const texts = textsOf(svg);
  for (const text of [
    'Accuracy against compute on cifar10',
    'MACs per image (% of the full network)',
    'MACs saved (%)',
    'Accuracy (%)',
    'drop ≤ 1 point',
    '92.2 %, 38.6 % saved',
    'full network: 93.4 %, 125.5 M MACs',
    'block 23',
    'cascade at other thresholds',
    'chosen thresholds (bar: 95 % interval of the drop)',
  ]) {
    t.true(texts.includes(text), text);
  }
  const fonts = new Set([...svg.matchAll(/font-family="([^"]*)"/g)].map((match) => match[1]));
  t.deepEqual([...fonts], ['DejaVu Sans, Verdana, sans-serif']);
});

test('the upper axis reads as the MACs saved: 100 minus the lower one', async (t) => {
  const texts = textsOf(await svgOf(RESNET56));
  t.true(texts.join(' ').includes('30 40 50 60 70 80 90 100'));
  t.true(texts.join(' ').includes('70 60 50 40 30 20 10 0'));
});

test('drawing twice gives identical bytes, also beside another picture', async (t) => {
  const first = await svgOf(RESNET56);
  const [other, second] = await Promise.all([svgOf(TWELVE_EXITS), svgOf(RESNET56)]);
  t.not(other, first);
  t.regex(first, /<clipPath id="clip1">/);
  t.is(second, first);
  t.deepEqual(await renderPng(second, { scale: 1 }), await renderPng(first, { scale: 1 }));
});

test('the PNG has its signature and twice the size of the SVG', async (t) => {
  const svg = await svgOf(RESNET56);
  const png = Buffer.from(await renderPng(svg, { scale: 2 }));
  t.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  t.is(png.readUInt32BE(16), 1800);
  t.is(png.readUInt32BE(20), 2 * Number(/ height="(\d+)"/.exec(svg)?.[1]));
});

test('text is really drawn: the title and the labels are ink that vanishes with the text elements', async (t) => {
  const svg = await svgOf(RESNET56);
  const [written, bare] = await Promise.all(
    [svg, svg.replaceAll(/<text[\s\S]*?<\/text>/g, '')].map(async (source) =>
      pixelsOf(await renderPng(source, { scale: 1 })),
    ),
  );
  const dark = ({ data, width }: { data: Uint8Array; width: number }, rows: number) =>
    data.subarray(0, rows * width).filter((value) => value < 128).length;
  t.true(dark(written!, 40) > 500);
  t.is(dark(bare!, 40), 0);
  t.true(dark(written!, written!.height) > dark(bare!, bare!.height) + 2000);
});

test('nothing is cut: no ink touches the edge of the picture', async (t) => {
  const long = { ...RESNET56, cascade: 'resnet110-with-convolutional-heads-and-averaged-outputs' };
  for (const runs of [
    [RESNET56],
    [RESNET20, long],
    [TWELVE_EXITS],
    [1, 2, 3, 4, 5, 6].map((n) => ({ ...long, dataset: `cifar${n}` })),
  ]) {
    const { data, width, height } = await pixelsOf(await renderPng(await svgOf(...runs), { scale: 1 }));
    const margin = 4;
    const atEdge = data.filter((_, index) => {
      const [x, y] = [index % width, Math.floor(index / width)];
      return x < margin || x >= width - margin || y < margin || y >= height - margin;
    });
    t.true(atEdge.every((value) => value === 255));
  }
});

test('names with the signs of XML are written as they are', async (t) => {
  const svg = await svgOf({ ...RESNET56, dataset: "a<b & 'c'" });
  t.true(svg.includes("on a&lt;b &amp; 'c'"));
  t.is((await renderPng(svg, { scale: 1 }))[0], 0x89);
});

test('a PDF is one page of its size whose fonts are in it, and the same again', async (t) => {
  const specification = frontSpecification(await readReports(await resultFiles([RESNET56])));
  const draw = () => renderPdf(specification, { width: 240, height: 150, scale: 240 / 900 });
  const pdf = Buffer.from(await draw()).toString('latin1');
  t.true(pdf.startsWith('%PDF-'));
  t.regex(pdf, /\/MediaBox \[0 0 240 150\]/);
  t.is(pdf.match(/\/Type \/Page\b(?!s)/g)?.length, 1);
  t.regex(pdf, /\/BaseFont \/[A-Z]+\+DejaVuSans/);
  t.regex(pdf, /\/FontFile2/);
  t.is(Buffer.from(await draw()).toString('latin1'), pdf);
});
