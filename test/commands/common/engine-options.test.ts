import test from 'ava';
import { openChosenEngine } from '../../../lib/commands/common/engine-options.js';
import { CascadeError } from '../../../lib/errors.js';
import { SILENT } from '../../../lib/reporter.js';

test('the CPU as a named device is the engine that comes without', async (t) => {
  const [named, default_] = [
    await openChosenEngine({ device: 'cpu' }, SILENT),
    await openChosenEngine({}, SILENT),
  ];
  t.deepEqual([named.name, named.backend], [default_.name, default_.backend]);
});

test('a device that the system does not have is refused, also under auto', async (t) => {
  const device = process.platform === 'darwin' ? 'dml' : 'coreml';
  for (const engine of ['auto', 'onnxruntime'] as const) {
    await t.throwsAsync(openChosenEngine({ engine, device }, SILENT), {
      instanceOf: CascadeError,
      message: /^ONNX Runtime (has no|cannot use the) device /,
    });
  }
});

test('devices belong to onnxruntime, backends to TensorFlow.js', async (t) => {
  await t.throwsAsync(openChosenEngine({ engine: 'tensorflow', device: 'cpu' }, SILENT), {
    message: '--device cpu is a device of onnxruntime; leave out --engine tensorflow.',
  });
  await t.throwsAsync(openChosenEngine({ backend: 'wasm' }, SILENT), {
    message: '--backend wasm is a backend of TensorFlow.js; add --engine tensorflow.',
  });
});
