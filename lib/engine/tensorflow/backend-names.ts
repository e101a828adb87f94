/** TensorFlow.js's backends, fastest first. */
export const BACKENDS = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const;

/** A backend of TensorFlow.js, by its name. */
export type BackendName = (typeof BACKENDS)[number];

/** Backends that run on one thread only, so that several workers side by side use several cores. */
export const SINGLE_THREADED: ReadonlySet<BackendName> = new Set(['wasm', 'cpu']);
