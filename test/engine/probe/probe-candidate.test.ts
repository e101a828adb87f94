import test from 'ava';
import { CANDIDATES } from '../../../lib/engine/probe/candidates.js';
import { probeCandidate } from '../../../lib/engine/probe/probe-candidate.js';

test('a candidate that is not there is answered with one sentence', async (t) => {
  const foreign = process.platform === 'darwin' ? 'dml' : 'coreml';
  const answer = await probeCandidate({ engine: 'onnxruntime', device: foreign });
  t.true('failure' in answer);
  if ('failure' in answer) t.regex(answer.failure, /^ONNX Runtime (has no|cannot use the) device [^\n]+\.$/);
});

test('an aborted probe ends with the reason of its signal', async (t) => {
  const abort = new AbortController();
  const probe = probeCandidate(CANDIDATES[0]!, abort.signal);
  abort.abort(new Error('enough'));
  await t.throwsAsync(probe, { message: 'enough' });
});
