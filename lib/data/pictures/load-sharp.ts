import { createRequire } from 'node:module';
import type { SharpConstructor } from 'sharp';

/** The decoders that may run, on bytes in memory alone. */
const LOADERS = ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Tiff', 'Heif'].map(
  (name) => `VipsForeignLoad${name}Buffer`,
);

let loaded: SharpConstructor | undefined;

/**
 * The decoder of pictures: one thread an image, since images are decoded side by side, no memory of those that are done, and no format
 * but those that cascade documents. Required when first asked for: an ES import takes half as long again.
 */
export function loadSharp(): SharpConstructor {
  loaded ??= restricted(createRequire(import.meta.url)('sharp') as SharpConstructor);
  return loaded;
}

function restricted(sharp: SharpConstructor): SharpConstructor {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  return sharp;
}
