import type { SharpConstructor } from 'sharp';

/** The decoders that may run, on bytes in memory alone. */
const LOADERS = ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Tiff', 'Heif'].map(
  (name) => `VipsForeignLoad${name}Buffer`,
);

let loaded: Promise<SharpConstructor> | undefined;

/**
 * The decoder of pictures: one thread an image, since images are decoded side by side, no memory of those that are done, and no format
 * but those that cascade documents.
 */
export function loadSharp(): Promise<SharpConstructor> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: LOADERS });
    return sharp;
  });
  return loaded;
}
