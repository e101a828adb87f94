import type { Program } from '../../lib/engine/engine.js';
import { openEngine } from '../../lib/engine/open-engine.js';
import { BATCH_SIZE, streamImages } from '../../lib/engine/stream-images.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { totalMacs } from '../../lib/network/macs.js';
import { randomBackbone } from '../../lib/network/random-network.js';
import { subnetwork } from '../../lib/network/segments.js';
import { renderTable } from '../../lib/report/table.js';
import { interleaved } from './interleaved.js';
import { randomImages } from './random-images.js';

const IMAGES = 2048;
const ROUNDS = 5;

/** Blocks after which ResNet-56 is cut. */
const CUTS: Readonly<Record<string, readonly number[]>> = {
  'cut after blocks 8, 17': [8, 17],
  'cut after blocks 8, 14, 17, 23': [8, 14, 17, 23],
  'cut after eight blocks': [2, 5, 8, 11, 14, 17, 20, 23],
};

/** One pass of ResNet-56 over images: as one network, and as segments between cut points. */
export async function benchBackbonePass(): Promise<void> {
  const network = randomBackbone(9);
  const { graph } = network;
  const engine = await openEngine();
  const source = randomImages(IMAGES);
  const whole = await engine.load(network, { inputType: 'uint8' });
  const cuts = cutPoints(graph);
  const ways: Record<string, () => Promise<void>> = { 'one network': () => pass([whole]) };
  for (const [name, blocks] of Object.entries(CUTS)) {
    const values = [graph.input, ...blocks.map((block) => cuts[block]!.value), graph.output];
    const segments = await Promise.all(
      values
        .slice(1)
        .map((to, index) =>
          engine.load(subnetwork(network, values[index]!, [to]), index === 0 ? { inputType: 'uint8' } : {}),
        ),
    );
    ways[name] = () => pass(segments);
  }
  async function pass([first, ...rest]: readonly Program[]): Promise<void> {
    await streamImages(first!, source, async ([values], _first, count) => {
      let features = values!;
      for (const segment of rest) [features] = (await segment.run(features, count)) as [Float32Array];
    });
  }
  const seconds = await interleaved(ways, ROUNDS);
  const unsplit = seconds.get('one network')!;
  console.log(`ResNet-56, ${IMAGES} images of 3x32x32 in batches of ${BATCH_SIZE}, ${engine.name}:\n`);
  console.log(
    renderTable(
      ['', 'images/s', 'GMAC/s', 'throughput'],
      [...seconds].map(([name, time]) => [
        name,
        (IMAGES / time).toFixed(0),
        ((IMAGES * totalMacs(graph)) / time / 1e9).toFixed(1),
        `${((100 * unsplit) / time).toFixed(1)} %`,
      ]),
    ),
  );
}
