import test from 'ava';
import { checkPixels, withPixels } from '../../../lib/data/pictures/pixel-limit.js';

test('a picture of 8192×8192 pixels is decoded, one of a row more and one of none is not', (t) => {
  t.notThrows(() => checkPixels({ width: 8192, height: 8192 }));
  t.throws(() => checkPixels({ width: 8192, height: 8193 }), {
    message: 'it has 8192×8193 pixels, and cascade decodes at most 67108864 (8192×8192)',
  });
  for (const size of [
    { width: 0, height: 5 },
    { width: 5, height: -1 },
    { width: Number.NaN, height: 1 },
  ])
    t.throws(() => checkPixels(size), { message: 'it has no pixels' });
});

test('as much is decoded side by side as two of the largest pictures, and a failure makes room, too', async (t) => {
  let atOnce = 0;
  let most = 0;
  const work = (pixels: number, fails = false) =>
    withPixels(pixels, async () => {
      atOnce += pixels;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= pixels;
      if (fails) throw new Error('broken');
      return pixels;
    });
  const sizes = [2 ** 26, 2 ** 26, 2 ** 25, 2 ** 20, 2 ** 26];
  const results = await Promise.allSettled(sizes.map((size, index) => work(size, index === 1)));
  t.deepEqual(
    results.map((result) => (result.status === 'fulfilled' ? result.value : 'broken')),
    sizes.with(1, 'broken' as never),
  );
  t.is(most, 2 ** 27);
});
