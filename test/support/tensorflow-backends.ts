import type { ExecutionContext } from 'ava';
import type { Engine } from '../../lib/engine/engine.js';
import { BACKENDS } from '../../lib/engine/tensorflow/backend-names.js';
import { openTensorflowEngine } from '../../lib/engine/tensorflow/tensorflow-engine.js';

/** The TensorFlow.js engine on every backend that works here; why another one does not is said in the log. */
export async function tensorflowEngines(t: ExecutionContext): Promise<readonly Engine[]> {
  const engines: Engine[] = [];
  for (const backend of BACKENDS) {
    try {
      engines.push(await openTensorflowEngine(backend));
    } catch (error) {
      t.log(`skipped: ${(error as Error).message}`);
    }
  }
  return engines;
}
