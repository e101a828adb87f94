/**
 * A calibrated cascade folder, loaded and asked: each image stops at the first exit that is sure enough of it.
 *
 * A folder is made by the commands `cascade attach` and `cascade calibrate`, or by `cascade demo`. Thresholds and the promise about unseen
 * images, from outputs that you recorded yourself, are in `cascade-early-exits/calibrate`; the statistics behind them in `cascade-early-exits/stats`.
 *
 * Whatever a user can mend is a {@link CascadeError}: its message is one sentence that says what is wrong, in which file or option, and what
 * to do; its `code` says what kind of failure it is. Anything else that is thrown is a fault of cascade.
 *
 * @example
 * import { Cascade, CascadeError } from 'cascade-early-exits';
 *
 * try {
 *   const cascade = await Cascade.load('demo.cascade', { maxDrop: 0.02 });
 *   for (const { className, block } of await cascade.classifyFiles(['boot.png'])) console.log(className, block);
 *   await cascade.dispose();
 * } catch (error) {
 *   if (!(error instanceof CascadeError)) throw error;
 *   console.error(error.code, error.message); // CASCADE_FAILED demo.cascade is not a cascade; make one with `cascade attach` or …
 * }
 *
 * @module cascade
 */
export { type Answer, Cascade, type CascadeOptions } from './cascade/cascade.js';
export type { Check, Checks } from './cascade/monitor/check.js';
export { Monitor } from './cascade/monitor/monitor.js';
export type { MonitorOptions } from './cascade/monitor/monitor-options.js';
export type { MonitorReport } from './cascade/monitor/monitor-report.js';
export type { MonitorAlarm, MonitorReference } from './cascade/monitor/monitor-state.js';
export { DEVICES, type DeviceName } from './engine/onnxruntime/devices.js';
export { ENGINES, type EngineName } from './engine/open-engine.js';
export { BACKENDS, type BackendName } from './engine/tensorflow/backend-names.js';
export { CascadeError, type CascadeErrorCode } from './errors.js';
