import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import test from 'ava';
import { decodeImage } from '../../lib/data/pictures/decode-image.js';
import { STRETCH } from '../../lib/data/pictures/preprocessing.js';
import { temporaryFolder } from '../support/run-cascade.js';

interface Picture {
  readonly name: string;
  readonly size: readonly [width: number, height: number];
  /** In base 64. */
  readonly file: string;
  /** Pixel by pixel, as Pillow decodes it. */
  readonly rgb: readonly number[];
}

const pictures: readonly Picture[] = JSON.parse(
  readFileSync(path.join('test', 'data', 'fixtures', 'pictures.json'), 'utf8'),
);

/** An image in its own size, pixel by pixel. */
async function decoded(content: Uint8Array, [width, height]: Picture['size']): Promise<number[]> {
  const planes = await decodeImage(content, 'a picture', [3, height, width], { preprocessing: STRETCH });
  const pixels = width * height;
  return Array.from(
    { length: 3 * pixels },
    (_, index) => planes[(index % 3) * pixels + Math.floor(index / 3)]!,
  );
}

for (const { name, file, size, rgb } of pictures) {
  test(`Pillow's bytes come out of a ${name}`, async (t) => {
    t.deepEqual(await decoded(Buffer.from(file, 'base64'), size), rgb);
  });
}

const contentOf = (name: string): Buffer =>
  Buffer.from(pictures.find((picture) => picture.name === name)!.file, 'base64');

const refused = (content: Uint8Array | string): Promise<Uint8Array> =>
  decodeImage(content, 'a picture', [3, 2, 2], { preprocessing: STRETCH });

test('what a picture is its bytes tell: a drawing that a program makes is refused under any name', async (t) => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>';
  const file = path.join(await temporaryFolder(t), 'a.png');
  for (const text of [svg, `<?xml version="1.0"?>${svg}`, '', 'P7\nWIDTH 1\n', '%PDF-1.4']) {
    await writeFile(file, text);
    await t.throwsAsync(refused(file), {
      message:
        'a picture cannot be decoded as an image: it is of no format that is read (JPEG, PNG, GIF, WebP, TIFF, AVIF, BMP, PPM or PGM).',
    });
  }
});

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A PNG that promises grey pixels and holds none. */
function emptyPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(Buffer.alloc(1)))]);
}

test('a picture of more pixels than are decoded is refused before they are', async (t) => {
  const bmp = contentOf('BMP of 24 bits');
  bmp.writeInt32LE(100_000, 18);
  bmp.writeInt32LE(100_000, 22);
  const limit = 'and cascade decodes at most 67108864 (8192×8192)';
  for (const content of [bmp, Buffer.from('P6 100000 100000 255\n'), Buffer.from('P2 100000 100000 255\n')]) {
    await t.throwsAsync(refused(content), {
      message: `a picture cannot be decoded as an image: it has 100000×100000 pixels, ${limit}.`,
    });
  }
  await t.throwsAsync(refused(emptyPng(8193, 8192)), {
    message: `a picture cannot be decoded as an image: it has 8193×8192 pixels, ${limit}.`,
  });
});

test('pictures that are cut off or compressed in ways that are not read say so', async (t) => {
  const compressed = contentOf('BMP of 8 bits');
  compressed.writeUInt32LE(1, 30);
  const wrong: readonly (readonly [Uint8Array, string])[] = [
    [contentOf('BMP of 24 bits').subarray(0, 80), 'it is cut off'],
    [contentOf('BMP of 24 bits').subarray(0, 20), 'it is cut off'],
    [contentOf('PPM to 255').subarray(0, 80), 'it is cut off'],
    [contentOf('PPM in text to 255').subarray(0, 80), 'it is cut off'],
    [compressed, 'it is compressed; save it uncompressed, or as PNG'],
    [Buffer.from('P2 1 1 255\n256 '), 'it holds a value above its largest'],
    [Buffer.from('P2 1 1 255\n1x1 '), 'it holds something that is no number'],
    [Buffer.from('P5 1 1 70000\nab'), 'its largest value is not between 1 and 65535'],
    [Buffer.from('P5 0 1 255\nab'), 'it has no pixels'],
    [contentOf('GIF').subarray(0, 13), 'it holds no picture'],
  ];
  for (const [content, reason] of wrong)
    await t.throwsAsync(refused(content), { message: `a picture cannot be decoded as an image: ${reason}.` });
});
