import type { NodeMessage } from '../model-file.js';
import type { PlainSteps } from './plain-steps.js';

/** SkipLayerNormalization: of a sum, which may be a result of its own. */
export function skipNormalization(steps: PlainSteps): readonly NodeMessage[] {
  const [value, skip, scale] = [0, 1, 2].map((index) => steps.needed(index)) as [string, string, string];
  const [shift, bias] = [steps.input(3), steps.input(4)];
  const named = steps.node.output[3] || undefined;
  const sum = bias === undefined ? value : steps.step('Add', [value, bias]);
  const skipped = steps.step('Add', [sum, skip], {}, named);
  const inputs = shift === undefined ? [skipped, scale] : [skipped, scale, shift];
  steps.step('LayerNormalization', inputs, { axis: -1, epsilon: { real: steps.real('epsilon', 1e-12) } });
  return steps.ended();
}
