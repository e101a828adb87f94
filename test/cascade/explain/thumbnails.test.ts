import test from 'ava';
import sharp from 'sharp';
import { thumbnails } from '../../../lib/cascade/explain/thumbnails.js';
import type { ImageSource } from '../../../lib/data/image-source.js';
import { stratifiedHalves } from '../../../lib/data/split.js';
import { MANIFEST } from '../../report/sample-cascade.js';

/** Images of one colour each: of the n-th red is n, green 100 and blue 200. */
function plainColours(side: number, labels: Uint16Array): ImageSource {
  const size = side * side;
  return {
    ...{ name: 'colours/test', count: labels.length, shape: [3, side, side], labels },
    async readImages(indices, into) {
      for (const [position, image] of [...Array.from(indices)].entries()) {
        const start = 3 * size * position;
        into.fill(image, start, start + size);
        into.fill(100, start + size, start + 2 * size);
        into.fill(200, start + 2 * size, start + 3 * size);
      }
    },
    async close() {},
  };
}

async function decoded(url: string) {
  const [, kind, content] = /^data:image\/(\w+);base64,(.*)$/.exec(url)!;
  const { data, info } = await sharp(Buffer.from(content!, 'base64'))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { kind, size: [info.width, info.height], pixel: [...data.subarray(0, 3)] };
}

const LABELS = Uint16Array.from({ length: 20 }, (_, image) => image % 2);
const WHOLE = { splits: { calibration: { records: 'calibration' }, test: { records: 'test' } } };

test('small images are shown as they are, by their number in the split', async (t) => {
  const pictures = await thumbnails(WHOLE, plainColours(4, LABELS), LABELS, 0, [7, 3, 7]);
  t.deepEqual([...pictures.keys()], [7, 3]);
  t.deepEqual(await decoded(pictures.get(7)!), { kind: 'png', size: [4, 4], pixel: [7, 100, 200] });
});

test('of a half the number among its own images counts', async (t) => {
  const [, second] = stratifiedHalves(LABELS, 5);
  const labels = Uint16Array.from(second, (row) => LABELS[row]!);
  const pictures = await thumbnails(MANIFEST, plainColours(4, LABELS), labels, 5, [2]);
  t.is((await decoded(pictures.get(2)!)).pixel[0], second[2]);
});

test('large images become small ones', async (t) => {
  const pictures = await thumbnails(WHOLE, plainColours(300, LABELS), LABELS, 0, [1]);
  const { kind, size } = await decoded(pictures.get(1)!);
  t.deepEqual([kind, size], ['jpeg', [96, 96]]);
});

test('other images than were recorded are refused', async (t) => {
  for (const labels of [LABELS.toReversed(), LABELS.subarray(1)])
    await t.throwsAsync(thumbnails(WHOLE, plainColours(4, LABELS), labels, 0, [1]), {
      message:
        'colours/test holds other images than were recorded; name the data set that the cascade was made with by --data and --data-dir.',
    });
});
