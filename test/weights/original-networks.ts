import { readFileSync } from 'node:fs';
import type { Tensor } from '../../lib/network/tensor.js';
import { noisyParameter } from './noise.js';

const FOLDER = 'test/weights/fixtures/families';

/** Where the logits are that the original implementation computes from the noise. */
export function originalLogits(network: string): string {
  return `${FOLDER}/${network}.npy`;
}

/** Names and shapes of an original implementation's tensors, as fixtures/families/make.py wrote them. */
function originalShapes(network: string): [string, number[]][] {
  const lines = readFileSync(`${FOLDER}/${network}.txt`, 'utf8').trimEnd().split('\n');
  return lines.flatMap((line) => {
    const [layer, ...tensors] = line.split(' ');
    return tensors.map((tensor): [string, number[]] => {
      const [kind, sizes] = tensor.split('=');
      return [`${layer}.${kind}`, sizes!.split('x').map(Number)];
    });
  });
}

/** An original implementation's tensors, made of the noise that its logits were computed from. */
export function originalTensors(network: string): Map<string, Tensor> {
  return new Map(originalShapes(network).map(([name, shape]) => [name, noisyParameter(name, shape)]));
}

/** An original implementation's tensors without their numbers, for what looks at names and shapes alone. */
export function hollowTensors(network: string): Map<string, Tensor> {
  return new Map(originalShapes(network).map(([name, shape]) => [name, { shape, data: new Float32Array() }]));
}
