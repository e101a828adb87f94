import { DEVICES, type DeviceName } from '../onnxruntime/devices.js';
import { BACKENDS, type BackendName } from '../tensorflow/backend-names.js';

/** A way to run networks that a machine may have. */
export type Candidate =
  | { readonly engine: 'onnxruntime'; readonly device: DeviceName }
  | { readonly engine: 'tensorflow'; readonly backend: BackendName };

/** Every one that the options of the command line can name. */
export const CANDIDATES: readonly Candidate[] = [
  ...DEVICES.map((device) => ({ engine: 'onnxruntime', device }) as const),
  ...BACKENDS.map((backend) => ({ engine: 'tensorflow', backend }) as const),
];

/** The device or backend. */
export function variantOf(candidate: Candidate): DeviceName | BackendName {
  return candidate.engine === 'onnxruntime' ? candidate.device : candidate.backend;
}
