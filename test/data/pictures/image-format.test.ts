import test from 'ava';
import sharp from 'sharp';
import { imageFormat } from '../../../lib/data/pictures/image-format.js';

const PICTURE = { create: { width: 2, height: 2, channels: 3, background: 'red' } } as const;

for (const format of ['jpeg', 'png', 'gif', 'webp', 'tiff', 'avif'] as const) {
  test(`a picture that libvips writes as ${format} is known by its bytes`, async (t) => {
    t.is(imageFormat(await sharp(PICTURE).toFormat(format).toBuffer()), format);
  });
}

test('BMP, PPM and PGM are known by their first letters', (t) => {
  t.is(imageFormat(Buffer.from('BM\x46\0\0\0')), 'bmp');
  for (const kind of ['P2', 'P3', 'P5', 'P6']) t.is(imageFormat(Buffer.from(`${kind}\n2 2\n255\n`)), 'pnm');
});

test('programs, vectors, other containers and nothing at all are no pictures', (t) => {
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<?xml version="1.0"?>',
    '%PDF-1.7',
    '',
    'P1\n',
  ])
    t.is(imageFormat(Buffer.from(text)), undefined, text);
  t.is(imageFormat(Buffer.from('RIFF\0\0\0\0WAVEfmt ')), undefined);
  t.is(imageFormat(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')), undefined);
});
