import test from 'ava';
import type { Diagnosis } from '../../lib/report/describe/describe-doctor.js';
import { outline } from '../support/outline.js';
import { runCascade, temporaryFolder } from '../support/run-cascade.js';

test('doctor measures what works, says why the rest does not, and logits agree to 1e-3', async (t) => {
  const { code, stdout, stderr } = await runCascade(await temporaryFolder(t), 'doctor', '--json', '--quiet');
  t.is(code, 0, stderr);
  t.is(stderr, '');
  t.is(
    // Not every machine has a GPU.
    outline(JSON.parse(stdout)).replace(/gpus\[\{.*?\}\]/, 'gpus[]'),
    '{cascade machine{node platform cpu cores vector_units[] gpus[] memory_bytes available_memory_bytes} peak_gmacs_per_second engines[{engine variant usable reason version library gmacs_per_second_batch_1 gmacs_per_second_batch_64 peak_percent_batch_1 peak_percent_batch_64 largest_logit_difference}] auto{engine variant}}',
  );
  const { engines, peak_gmacs_per_second: peak } = JSON.parse(stdout) as Diagnosis;
  t.true(peak! > 0);
  const usable = engines.filter((row) => row.usable);
  for (const needed of ['onnxruntime cpu', 'tensorflow wasm', 'tensorflow cpu']) {
    t.true(
      usable.some(({ engine, variant }) => `${engine} ${variant}` === needed),
      needed,
    );
  }
  for (const row of usable) {
    t.true(row.gmacs_per_second_batch_1! > 0);
    t.true(row.largest_logit_difference! <= 1e-3, row.variant);
  }
  for (const { reason } of engines.filter((row) => !row.usable)) t.regex(reason!, /^[^\n]+\.$/);
});
