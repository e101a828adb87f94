// Classifies images with a cascade that `cascade export --format tfjs` wrote, and shows where each left.
import { loadExportedCascade } from './model/runtime/export/early-exit.js';

const { tf } = globalThis;
tf.wasm.setWasmPaths('vendor/tfjs-backend-wasm/dist/');
await tf.setBackend('wasm').catch(() => tf.setBackend('cpu'));

const description = await (await fetch('model/export.json')).json();
const cascade = await loadExportedCascade(description, (file) => tf.loadGraphModel(`model/${file}`));
const [channels, height, width] = description.input.shape;
document.querySelector('#about').textContent =
  `${description.name}: ${description.segments.length - 1} exits, ${description.classes} classes, TensorFlow.js on ${tf.getBackend()}`;

/** An image scaled to the network's input, as it takes it: rows, columns, channels, pixels 0 … 255. */
function pixelsOf(image) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0, width, height);
  return tf.tidy(() => tf.expandDims(tf.browser.fromPixels(canvas, channels)));
}

let total = 0;
let spent = 0;

async function show(url, name) {
  const image = new Image();
  image.src = url;
  await image.decode();
  const pixels = pixelsOf(image);
  const { className, probability, block, macs } = await cascade.classify(pixels);
  pixels.dispose();
  const row = document.querySelector('#answers').insertRow();
  row.dataset.name = name;
  row.dataset.block = block ?? 'full';
  row.insertCell().append(image);
  row.insertCell().textContent = className;
  row.insertCell().textContent = `${(100 * probability).toFixed(1)} %`;
  row.insertCell().textContent = block === null ? 'full network' : `block ${block}`;
  row.insertCell().textContent = macs.toLocaleString('en');
  const bar = document.createElement('div');
  bar.className = 'bar';
  bar.style.width = `${(160 * macs) / description.full_macs}px`;
  row.insertCell().append(bar);
  total++;
  spent += macs;
  const saved = 100 * (1 - spent / total / description.full_macs);
  document.querySelector('#summary').textContent = `${total} images, ${saved.toFixed(1)} % of the MACs saved`;
}

document.querySelector('#files').addEventListener('change', async ({ target }) => {
  for (const file of target.files) await show(URL.createObjectURL(file), file.name);
});

for (const name of await (await fetch('images')).json()) await show(`images/${name}`, name);
document.body.dataset.state = 'done';
