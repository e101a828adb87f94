// Holds every engine and backend that this machine has against onnxruntime on trained networks, fits large heads on every backend
// but plain JavaScript, and runs attach, calibrate and eval with both engines:
//
// CASCADE_DATA=<folder with CIFAR-10> node dist/scripts/compare-engines.js <folder with resnet20-12fca82f.th and
// resnet56-4bfd9763.th> <work folder> [results/engines]
import path from 'node:path';
import { usageError } from '../lib/errors.js';
import { writeCsv } from '../lib/report/csv.js';
import { runEndToEnd } from './compare-engines/end-to-end.js';
import { fitLargeHeads } from './compare-engines/large-heads.js';
import { parity } from './compare-engines/parity.js';

const [models, work, out = path.join('results', 'engines')] = process.argv.slice(2);
if (models === undefined || work === undefined)
  throw usageError('Give the folder of networks and one to work in.');
const [small, large] = ['resnet20-12fca82f.th', 'resnet56-4bfd9763.th'].map((file) =>
  path.join(models, file),
);

const parityRows = [...(await parity(small!)), ...(await parity(large!))];
await writeCsv(path.join(out, 'parity.csv'), parityRows);
const backends = parityRows.map(({ backend }) => backend).filter((backend) => backend !== 'cpu');
await writeCsv(path.join(out, 'large-heads.csv'), await fitLargeHeads([...new Set(backends)]));
const rows = [];
for (const engine of ['onnxruntime', 'tensorflow']) rows.push(await runEndToEnd(small!, engine, work));
await writeCsv(path.join(out, 'end-to-end.csv'), rows);
