/** What ONNX Runtime computes on, by the names of its execution providers; which of them a build has depends on the system. */
export const DEVICES = ['cpu', 'cuda', 'webgpu', 'coreml', 'dml'] as const;

/** What ONNX Runtime computes on, by its name. */
export type DeviceName = (typeof DEVICES)[number];
