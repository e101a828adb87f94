import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { decodeImage } from '../../../lib/data/pictures/decode-image.js';
import { type Preprocessing, planResize, STRETCH } from '../../../lib/data/pictures/preprocessing.js';
import { type DecodedPixels, resample } from '../../../lib/data/pictures/resample.js';
import { testWith } from '../../support/needs.js';
import { PHOTOGRAPHS } from '../../support/real-data.js';

type Filter = Preprocessing['interpolation'];

interface Case {
  readonly width: number;
  readonly height: number;
  readonly interpolation: Filter;
}

/** Made by make-preprocessing.py. */
interface Reference {
  readonly short_side: readonly (Case & {
    readonly size: number;
    readonly crop: readonly [number, number];
    readonly sha256: string;
  })[];
  readonly stretch: readonly (Case & { readonly size: readonly [number, number]; readonly sha256: string })[];
  readonly keras: readonly (Case & {
    readonly size: readonly [number, number];
    readonly crop_to_aspect_ratio: boolean;
    readonly pixels: readonly number[];
  })[];
  readonly modes: readonly {
    readonly name: string;
    /** Base64. */
    readonly file: string;
    readonly rgb: readonly number[];
    readonly grey: readonly number[];
  }[];
  readonly photographs: Readonly<Record<string, Readonly<Record<'bilinear' | 'bicubic', string>>>>;
}

const reference = JSON.parse(
  await readFile(path.join('test', 'data', 'fixtures', 'preprocessing.json'), 'utf8'),
) as Reference;

/** Steep and smooth parts, the same as in make-preprocessing.py. */
function invented(width: number, height: number): DecodedPixels {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const [channel, x, y] = [index % 3, Math.floor(index / 3) % width, Math.floor(index / (3 * width))];
    return x * x * 3 + y * 17 + channel * 80 + Math.floor((x * y) / 3);
  });
  return { data, width, height, channels: 3 };
}

function prepare(
  image: DecodedPixels,
  [height, width]: readonly [number, number],
  how: Preprocessing,
): Uint8Array {
  return resample(image, planResize(image, { width, height }, how), { width, height }, how);
}

const sha256 = (pixels: Uint8Array): string => createHash('sha256').update(pixels).digest('hex');

test("resizing the short side and cutting the middle out equals torchvision's to the byte", (t) => {
  t.is(reference.short_side.length, 18);
  for (const each of reference.short_side) {
    const { width, height, size, crop, interpolation } = each;
    const how = { resize: 'short-side', size, interpolation, antialias: true } as const;
    t.is(sha256(prepare(invented(width, height), crop, how)), each.sha256, JSON.stringify(each));
  }
});

test("stretching equals Pillow's to the byte", (t) => {
  for (const each of reference.stretch) {
    const { width, height, size, interpolation } = each;
    const how = { resize: 'stretch', interpolation, antialias: true } as const;
    t.is(sha256(prepare(invented(width, height), size, how)), each.sha256, JSON.stringify(each));
  }
});

test("without antialiasing it equals Keras's floating-point result within a level", (t) => {
  for (const each of reference.keras) {
    const { width, height, size, interpolation, pixels } = each;
    const resize = each.crop_to_aspect_ratio ? 'crop-to-aspect-ratio' : 'stretch';
    const found = prepare(invented(width, height), size, { resize, interpolation, antialias: false });
    let worst = 0;
    // Every 23rd pixel. Keras leaves overshoots of the bicubic filter as they are.
    for (const [index, pixel] of pixels.entries())
      worst = Math.max(worst, Math.abs(found[23 * index]! - Math.min(255, Math.max(0, pixel))));
    t.true(worst <= 1, `${worst} in ${JSON.stringify({ ...each, pixels: undefined })}`);
  }
});

test("CMYK, grey, palettes, transparency and EXIF orientation are decoded to Pillow's bytes", async (t) => {
  t.is(reference.modes.length, 6);
  for (const { name, file, rgb, grey } of reference.modes) {
    const content = Buffer.from(file, 'base64');
    const [colours, greys] = await Promise.all(
      [3, 1].map((channels) => decodeImage(content, name, [channels, 3, 4], { preprocessing: STRETCH })),
    );
    t.deepEqual([...colours!], rgb, name);
    t.deepEqual([...greys!], grey, name);
  }
});

test('a picture is turned upright where that is asked for, and its transparency dropped as ever', async (t) => {
  const decoded = (name: string, shape: readonly [number, number, number]): Promise<Uint8Array> => {
    const { file } = reference.modes.find((mode) => mode.name === name)!;
    return decodeImage(Buffer.from(file, 'base64'), name, shape, { preprocessing: STRETCH, upright: true });
  };
  // Orientation 6: the first row is the right-hand side.
  const turned = await decoded('an EXIF orientation', [3, 4, 3]);
  const { rgb } = reference.modes.find(({ name }) => name === 'an EXIF orientation')!;
  const expected = Array.from({ length: 36 }, (_, index) => {
    const [channel, row, column] = [Math.floor(index / 12), Math.floor(index / 3) % 4, index % 3];
    return rgb[channel * 12 + (2 - column) * 4 + row];
  });
  t.deepEqual([...turned], expected);
  const opaque = reference.modes.find(({ name }) => name === 'transparency')!.rgb;
  t.deepEqual([...(await decoded('transparency', [3, 3, 4]))], opaque);
});

const TITLE = "photographs come out of decoding, resizing and cropping as torchvision's do, to the byte";

testWith(PHOTOGRAPHS, TITLE, async (t) => {
  for (const [file, hashes] of Object.entries(reference.photographs)) {
    const image = path.join(PHOTOGRAPHS.path, file.slice(0, 9), file);
    for (const interpolation of ['bilinear', 'bicubic'] as const) {
      const preprocessing = { resize: 'short-side', size: 256, interpolation, antialias: true } as const;
      const pixels = await decodeImage(image, image, [3, 224, 224], { preprocessing });
      t.is(sha256(pixels), hashes[interpolation], `${file}, ${interpolation}`);
    }
  }
});
