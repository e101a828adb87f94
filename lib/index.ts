/**
 * cascade as a library: load a calibrated cascade folder and classify with real early exit.
 *
 * Thresholds and the certificate by themselves are in `cascade/calibrate`, the statistics in `cascade/stats`.
 *
 * @module
 */
export { type Answer, Cascade, type CascadeOptions } from './cascade/cascade.js';
export type { DeviceName } from './engine/onnxruntime/devices.js';
export type { EngineName } from './engine/open-engine.js';
export type { BackendName } from './engine/tensorflow/backend-names.js';
export { CascadeError, type CascadeErrorCode } from './errors.js';
