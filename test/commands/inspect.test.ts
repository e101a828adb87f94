import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { writeOnnx } from '../../lib/engine/onnxruntime/write-onnx.js';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { randomParameters } from '../../lib/network/random-network.js';
import { mustRun, runCascade, temporaryFolder } from '../support/run-cascade.js';

test('an image size is refused where the file says another, and where a data set says it', async (t) => {
  const folder = await temporaryFolder(t);
  const graph = cifarResNet({ inputShape: [3, 16, 16], classes: 3, blocksPerStage: 1, shortcut: 'A' });
  const network = foldBatchNormalization({ graph, parameters: randomParameters(graph, 0) });
  await writeFile(path.join(folder, 'small.onnx'), writeOnnx(network));
  const other = await runCascade(folder, 'inspect', 'small.onnx', '--image-size', '32');
  t.is(other.code, 2);
  t.is(
    other.stderr,
    'cascade: --image-size 32x32 cannot be: small.onnx is made for images of 16x16 and says so itself; leave the option out.\n',
  );
  await mustRun(folder, 'inspect', 'small.onnx', '--image-size', '16');
  const both = await runCascade(folder, 'inspect', 'small.onnx', '--image-size', '16', '--data', 'cifar10');
  t.is(both.code, 2);
  t.regex(both.stderr, /^cascade: --data and --image-size both say how large the images are; [^\n]+\.\n$/);
});
