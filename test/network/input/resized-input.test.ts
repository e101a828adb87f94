import test from 'ava';
import { openEngine } from '../../../lib/engine/open-engine.js';
import { withResizedInput } from '../../../lib/network/input/resized-input.js';

/** Passes an image through. */
const PASSING = {
  graph: {
    input: 'pixels',
    inputShape: [1, 3, 4],
    nodes: [{ kind: 'relu' as const, name: 'y', input: 'pixels' }],
    output: 'y',
  },
  parameters: new Map(),
};

/** The values of an image, row by row, as the network sees it. */
async function seen(height: number, width: number, pixels: readonly number[]): Promise<number[]> {
  const network = withResizedInput(PASSING, [1, height, width]);
  const program = await (await openEngine('onnxruntime')).load(network, { inputType: 'uint8' });
  const [values] = await program.run(Uint8Array.from(pixels), 1);
  await program.dispose();
  return [...values!].map((value) => Number(value.toFixed(4)));
}

test('an image of the right size is left as it is', (t) => {
  t.is(withResizedInput(PASSING, [1, 3, 4]).graph.nodes.length, 1);
});

test('an image of another size is interpolated as by torch.nn.functional.interpolate', async (t) => {
  // PyTorch 2.14.1: interpolate(x, size=(3, 4), mode='bilinear', align_corners=False) of x = arange(10).reshape(1, 1, 2, 5) ** 2.
  t.deepEqual(
    await seen(2, 5, [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]),
    [0.125, 2.125, 7.125, 15.125, 13.25, 21.5, 32.75, 47, 26.375, 40.875, 58.375, 78.875],
  );
});

test('an image that is several times as large is averaged first, so that no pixel is overlooked', async (t) => {
  // Of 9×8 pixels each mean is of 3×2.
  const pixels = Array.from({ length: 72 }, (_, index) => (index * 37) % 251);
  const means = Array.from({ length: 12 }, (_, index) => {
    const [row, column] = [Math.floor(index / 4), index % 4];
    const block = [0, 1, 2].flatMap((down) =>
      [0, 1].map((right) => pixels[(3 * row + down) * 8 + 2 * column + right]!),
    );
    return Number((block.reduce((sum, value) => sum + value, 0) / 6).toFixed(4));
  });
  t.deepEqual(await seen(9, 8, pixels), means);
});
