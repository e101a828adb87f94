import test from 'ava';
import type { ImageSource } from '../../lib/data/image-source.js';
import type { Program } from '../../lib/engine/engine.js';
import { BATCH_SIZE, batchSizeFor, streamImages } from '../../lib/engine/stream-images.js';

/** Images of one byte that tells their number, modulo 256. */
function numbers(count: number, failAt = Number.POSITIVE_INFINITY): ImageSource {
  return {
    name: 'numbers',
    count,
    shape: [1, 1, 1],
    labels: new Uint16Array(count),
    async readImages(indices, into) {
      Array.from(indices).forEach((index, position) => {
        if (index === failAt) throw new Error(`image ${index} cannot be read`);
        into[position] = index % 256;
      });
    },
    async close() {},
  };
}

const identity: Program = {
  outputs: [{ name: 'same', shape: [1] }],
  run: async (input) => [Float32Array.from(input)],
  dispose: async () => {},
};

test('images come in order, whole batches and a rest', async (t) => {
  const count = 2 * BATCH_SIZE + 5;
  const seen: number[] = [];
  const batches: number[] = [];
  await streamImages(identity, numbers(count), ([values], first, size) => {
    t.is(first, seen.length);
    seen.push(...values!);
    batches.push(size);
  });
  t.deepEqual(
    seen,
    Array.from({ length: count }, (_, index) => index % 256),
  );
  t.deepEqual(batches, [BATCH_SIZE, BATCH_SIZE, 5]);
});

test('chosen rows come in the order that is asked for, transformed', async (t) => {
  const seen: number[] = [];
  await streamImages(
    identity,
    numbers(100),
    ([values]) => {
      seen.push(...values!);
    },
    {
      rows: Uint32Array.of(9, 3, 77),
      transform: (images) => {
        images.forEach((value, index) => {
          images[index] = value + 1;
        });
      },
    },
  );
  t.deepEqual(seen, [10, 4, 78]);
});

test('a source that fails while a batch computes is reported once, by the stream', async (t) => {
  const slow: Program = {
    ...identity,
    run: async (input) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return [Float32Array.from(input)];
    },
  };
  const done: number[] = [];
  await t.throwsAsync(
    streamImages(slow, numbers(100, BATCH_SIZE + 1), (_values, first) => {
      done.push(first);
    }),
    { message: `image ${BATCH_SIZE + 1} cannot be read` },
  );
  t.deepEqual(done, [0]);
});

test('an aborted stream ends with the reason of its signal', async (t) => {
  const abortion = new AbortController();
  const reason = new Error('enough');
  await t.throwsAsync(
    streamImages(identity, numbers(10 * BATCH_SIZE), () => abortion.abort(reason), {
      signal: abortion.signal,
    }),
    { is: reason },
  );
});

test('large images come in smaller batches, of which a whole number make a batch of small ones', (t) => {
  t.is(batchSizeFor([3, 32, 32]), BATCH_SIZE);
  t.is(batchSizeFor([3, 224, 224]), 8);
  t.is(batchSizeFor([3, 2000, 2000]), 1);
});
