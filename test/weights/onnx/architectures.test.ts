import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import test from 'ava';
import { checkGraph } from '../../../lib/artifact/check-network.js';
import { graphSchema } from '../../../lib/artifact/graph-schema.js';
import { cutPoints } from '../../../lib/network/cut-points.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { subgraph } from '../../../lib/network/segments.js';
import { agrees } from './onnx-models.js';

/** Small versions of usual architectures, as fixtures/architectures/make.py exports them with torchvision and timm. */
const FOLDER = path.join('test', 'weights', 'onnx', 'fixtures', 'architectures');

/** Convolutions and products as fvcore 0.1.5 counts them in the PyTorch module: `FlopCountAnalysis(…).by_operator()`. */
const FVCORE = JSON.parse(readFileSync(path.join(FOLDER, 'fvcore.json'), 'utf8')) as Readonly<
  Record<string, number>
>;

const names = readdirSync(FOLDER).flatMap((file) => /^(.+)\.onnx\.gz$/.exec(file)?.[1] ?? []);

test('every architecture that fvcore counted is there', (t) => {
  t.deepEqual([...names].sort(), Object.keys(FVCORE).sort());
});

for (const name of names)
  test(`${name}: logits of the file run by itself, MACs of fvcore, and exits that cut it in two`, async (t) => {
    const bytes = gunzipSync(readFileSync(path.join(FOLDER, `${name}.onnx.gz`)));
    const { graph } = await agrees(t, bytes, { size: [32, 32] });
    t.is(totalMacs(graph), FVCORE[name]!);
    const places = cutPoints(graph).slice(0, -1);
    t.true(places.length >= 2);
    for (const { value, macs } of places) {
      const behind = subgraph(graph, value, [graph.output]);
      t.is(macs + totalMacs(behind), totalMacs(graph), value);
    }
    // As a cascade on disk has it.
    const written = graphSchema.parse(JSON.parse(JSON.stringify(graph)));
    t.deepEqual(written, graph);
    t.notThrows(() => checkGraph(written, 'network.json', 'attach again'));
  });

const NAMED: readonly (readonly [name: string, scopes: readonly string[]])[] = [
  ['vgg', ['features.3', 'features.7', 'features.10']],
  ['vit', ['encoder.layers.encoder_layer_0', 'encoder.layers.encoder_layer_2']],
  ['timm-vit', ['blocks.0', 'blocks.2']],
  ['swin', ['features.1.0', 'features.2.reduction', 'features.3.1']],
];

for (const [name, scopes] of NAMED)
  test(`${name}: exits are called by the modules of the network`, async (t) => {
    const bytes = gunzipSync(readFileSync(path.join(FOLDER, `${name}.onnx.gz`)));
    const { graph } = await agrees(t, bytes, { size: [32, 32] });
    const found = cutPoints(graph).map(({ scope }) => scope);
    for (const scope of scopes) t.true(found.includes(scope), `${scope} in ${found.join(', ')}`);
  });

test('Swin has maps with their channels last, a transformer tokens, all others maps with their channels first', async (t) => {
  const layoutsOf = async (name: string): Promise<readonly string[]> => {
    const bytes = gunzipSync(readFileSync(path.join(FOLDER, `${name}.onnx.gz`)));
    const { graph } = await agrees(t, bytes, { size: [32, 32] });
    const cuts = cutPoints(graph).slice(0, -1);
    return [
      ...new Set(
        cuts.map(({ shape, channelsLast }) => `${shape.length} axes, ${channelsLast ? 'last' : 'first'}`),
      ),
    ];
  };
  t.deepEqual(await layoutsOf('swin'), ['3 axes, last']);
  t.deepEqual(await layoutsOf('deit'), ['2 axes, last']);
  for (const name of ['convnext', 'densenet', 'mobilenet-v3'])
    t.deepEqual(await layoutsOf(name), ['3 axes, first']);
});
