import type { Engine } from './engine.js';

/** The engines, by the names that `--engine` takes; `auto` is the fastest that works. */
export const ENGINES = ['auto', 'onnxruntime'] as const;

export type EngineName = (typeof ENGINES)[number];

/** Loads an engine's library, which is heavy, only when it is asked for. */
export async function openEngine(_name: EngineName = 'auto'): Promise<Engine> {
  const { onnxruntimeEngine } = await import('./onnxruntime/onnxruntime-engine.js');
  return onnxruntimeEngine;
}
