import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import test from 'ava';
import { textWidth, wrapText } from '../../../lib/report/plot/text-width.js';

const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** Width in pixels of the ink of a text in the real font, between two letters whose own widths are known. */
function inkWidth(text: string, fontSize: number): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="100"><text x="10" y="60" font-family="DejaVu Sans" font-size="${fontSize}">${text}</text></svg>`;
  const box = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [FONT] } }).getBBox();
  return box?.width ?? 0;
}

test('the width of a text is that of DejaVu Sans, never too narrow and at most a tenth too wide', (t) => {
  const texts = [
    'max drop 1 %: 93.0 %, 38.6 % saved',
    'full network: 93.4 %, 125.5 M MACs',
    'block 23',
    'resnet110-with-convolutional-heads (cifar100)',
    'The quick brown fox jumps over the lazy dog, 0123456789',
    'PACK MY BOX WITH FIVE DOZEN LIQUOR JUGS',
  ];
  for (const text of texts) {
    const ratio = textWidth(text, 40) / inkWidth(text, 40);
    t.true(ratio >= 1 && ratio < 1.1, `${text}: ${ratio}`);
  }
});

test('text is broken between words into lines that fit', (t) => {
  const lines = wrapText('one two three four five six seven', 10, 70);
  t.is(lines.join(' '), 'one two three four five six seven');
  t.true(lines.length > 2);
  t.true(lines.every((line) => textWidth(line, 10) <= 70));
  t.deepEqual(wrapText('incomprehensibilities are', 10, 20), ['incomprehensibilities', 'are']);
});
