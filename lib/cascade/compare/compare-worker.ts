import { parentPort, workerData } from 'node:worker_threads';
import { exactDropTest, remembered } from '../../calibrate/certified-path.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { compareHalving, type HalvingFigures, type HalvingOptions } from './compare-halving.js';

/** What a worker is given when it starts; then it is sent seeds, one after another. */
export interface CompareWorkerData {
  readonly outputs: RecordedOutputs;
  readonly options: HalvingOptions;
}

const { outputs, options } = workerData as CompareWorkerData;
const port = parentPort!;
const test = remembered(exactDropTest);
port.on('message', (seed: number) => {
  const figures: HalvingFigures = compareHalving(outputs, options, seed, test);
  port.postMessage(figures);
});
