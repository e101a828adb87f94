import test from 'ava';
import { pixelScale, pixelsAsTheyAre } from '../../../lib/network/input/pixel-input.js';

test("ImageNet's normalisation makes of pixels what NumPy makes", (t) => {
  const { scale, shift } = pixelScale({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] });
  // (x / 255 − mean) / std of x = 0, 128 and 255, in NumPy.
  const expected = [
    [-2.1179039301310043, 0.0740645603219454, 2.2489082969432315],
    [-2.0357142857142856, 0.20518207282913153, 2.428571428571429],
    [-1.8044444444444445, 0.42649237472766865, 2.6399999999999997],
  ];
  for (const [channel, values] of expected.entries()) {
    for (const [index, pixel] of [0, 128, 255].entries()) {
      const found = pixel * scale[channel]! + shift[channel]!;
      t.true(Math.abs(found - values[index]!) < 1e-6, `${channel}, ${pixel}: ${found}`);
    }
  }
});

test('pixels as they are have a scale of 1 and no shift', (t) => {
  const { scale, shift } = pixelScale(pixelsAsTheyAre(2));
  t.deepEqual([...scale], [1, 1]);
  t.true(shift.every((value) => value === 0));
});
