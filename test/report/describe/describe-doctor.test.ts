import test from 'ava';
import type { Candidate } from '../../../lib/engine/probe/candidates.js';
import type { ProbeAnswer } from '../../../lib/engine/probe/probe-process.js';
import { describeDiagnosis, diagnose } from '../../../lib/report/describe/describe-doctor.js';

const MACHINE = {
  node: '20.17.0',
  platform: 'linux x64',
  cpu: 'Example',
  cores: 1,
  vector_units: ['FMA'],
  gpus: [],
  memory_bytes: 8e9,
  available_memory_bytes: 4.04e9,
};

function answer(one: number, many: number, matrix: number | null, logits: readonly number[]): ProbeAnswer {
  return {
    measured: {
      version: '1.2.3',
      macsPerSecondBatch1: one * 1e9,
      macsPerSecondBatch64: many * 1e9,
      macsPerSecondMatrix: matrix === null ? null : matrix * 1e9,
      logits,
    },
  };
}

const CPU: Candidate = { engine: 'onnxruntime', device: 'cpu' };
const CUDA: Candidate = { engine: 'onnxruntime', device: 'cuda' };
const WASM: Candidate = { engine: 'tensorflow', backend: 'wasm' };
const PLAIN: Candidate = { engine: 'tensorflow', backend: 'cpu' };

test('shares are of the fastest that was measured, differences from the first engine that works', (t) => {
  const { engines, peak_gmacs_per_second } = diagnose(MACHINE, [
    [CUDA, { failure: 'no GPU' }],
    [CPU, answer(20, 40, 80, [1, 2])],
    [WASM, answer(4, 8, null, [1.25, 2])],
  ]);
  t.is(peak_gmacs_per_second, 80);
  t.deepEqual(
    engines.map((row) => [row.usable, row.peak_percent_batch_64, row.largest_logit_difference]),
    [
      [false, null, null],
      [true, 50, 0],
      [true, 10, 0.25],
    ],
  );
});

test('a network that runs faster than any product of matrices is itself the peak: no share is above 100 %', (t) => {
  // The product of matrices at 80, the network in batches at 131 % of it.
  const diagnosis = diagnose(MACHINE, [
    [CPU, answer(20, 104.8, 80, [1])],
    [WASM, answer(131, 8, null, [1])],
  ]);
  t.is(diagnosis.peak_gmacs_per_second, 131);
  const shares = diagnosis.engines.flatMap((row) => [row.peak_percent_batch_1!, row.peak_percent_batch_64!]);
  t.is(Math.max(...shares), 100);
  t.deepEqual(shares.map(Math.round), [15, 80, 100, 6]);
  t.notRegex(describeDiagnosis(diagnosis), /1[0-9][1-9] %/);
});

test('auto takes onnxruntime on the CPU; what is faster is said with its option', (t) => {
  const diagnosis = diagnose(MACHINE, [
    [CPU, answer(20, 40, 80, [1])],
    [CUDA, answer(30, 200, 800, [1])],
    [WASM, answer(4, 8, null, [1])],
  ]);
  t.deepEqual(diagnosis.auto, { engine: 'onnxruntime', variant: 'cpu' });
  t.regex(describeDiagnosis(diagnosis), /in batches --device cuda is 5\.0 times as fast here\.$/);
});

test('without onnxruntime auto takes the first backend of TensorFlow.js that works', (t) => {
  const diagnosis = diagnose(MACHINE, [
    [CPU, { failure: 'The library is not there' }],
    [CUDA, answer(30, 200, 800, [1])],
    [WASM, answer(4, 8, 16, [1])],
    [PLAIN, answer(0.1, 0.2, null, [1])],
  ]);
  t.deepEqual(diagnosis.auto, { engine: 'tensorflow', variant: 'wasm' });
  t.regex(describeDiagnosis(diagnosis), /^ {2}The library is not there\.$/m);
});

test('where nothing works, the text says so', (t) => {
  const diagnosis = diagnose(MACHINE, [[CPU, { failure: 'The library is not there.' }]]);
  t.is(diagnosis.auto, null);
  t.is(diagnosis.peak_gmacs_per_second, null);
  t.regex(describeDiagnosis(diagnosis), /No engine is usable/);
});
