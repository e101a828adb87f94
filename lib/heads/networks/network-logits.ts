import type { ImageSource } from '../../data/image-source.js';
import type { Engine } from '../../engine/engine.js';
import { type StreamOptions, streamImages } from '../../engine/stream-images.js';
import type { Network } from '../../network/graph.js';

/** Logits of a network that takes pixels, `classes` values an image, in the order of the rows. */
export async function networkLogits(
  engine: Engine,
  network: Network,
  source: ImageSource,
  options: StreamOptions & { readonly rows: Uint32Array },
): Promise<Float32Array> {
  const program = await engine.load(network, { inputType: 'uint8' });
  try {
    const [classes] = program.outputs[0]!.shape as [number];
    const logits = new Float32Array(options.rows.length * classes);
    await streamImages(program, source, ([batch], first) => logits.set(batch!, first * classes), options);
    return logits;
  } finally {
    await program.dispose();
  }
}
