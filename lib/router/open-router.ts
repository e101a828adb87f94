import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Engine } from '../engine/engine.js';
import type { Router, RouterOptions } from './router.js';
import { openSegmentRouter } from './segment-router.js';
import { openSingleRouter } from './single-router.js';

/**
 * Loads a cascade's network so that it stops: as one file with branches where the engine takes such, since one session loses no
 * time between segments; otherwise as segments. Memory does not grow with the number of images.
 *
 * @throws CascadeError if the engine lacks a node of the network.
 */
export function openRouter(engine: Engine, saved: SavedNetwork, options: RouterOptions): Promise<Router> {
  return engine.loadOnnx === undefined
    ? openSegmentRouter(engine, saved, options)
    : openSingleRouter(engine.loadOnnx, saved, options);
}
