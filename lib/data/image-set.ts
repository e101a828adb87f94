import { availableParallelism } from 'node:os';
import type { ImageSource } from './image-source.js';
import { decodeImage } from './pictures/decode-image.js';
import type { Preprocessing } from './pictures/preprocessing.js';

/** An encoded image: a file's path, or its content with a name to call it by. */
export interface EncodedImage {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Encoded images with their classes. */
export interface ImageSet {
  readonly name: string;
  readonly labels: Uint16Array;
  /** What to tell of how files and labels were understood. */
  readonly notes?: readonly string[];
  imageOf(index: number): EncodedImage | Promise<EncodedImage>;
  close?(): Promise<void>;
}

/** What encoded images become. */
export interface ImageForm {
  readonly shape: ImageSource['shape'];
  readonly preprocessing: Preprocessing;
  /** Turned upright as their EXIF orientation says; as stored when left out. */
  readonly upright?: boolean;
}

/** Images decoded at once: each takes its whole size in memory, and Node gives sharp four threads unless told otherwise. */
const MOST_AT_ONCE = Math.min(8, 2 * availableParallelism());

const REMEDY = 'repair it, or leave such images out with --on-bad-image skip';

/** Encoded images as a source: they are decoded, scaled and cropped when they are asked for, several side by side. */
export function decodedImages(
  set: ImageSet,
  { shape, preprocessing, upright = false }: ImageForm,
): ImageSource {
  const size = shape[0] * shape[1] * shape[2];
  return {
    name: set.name,
    count: set.labels.length,
    shape,
    labels: set.labels,
    notes: set.notes ?? [],
    async readImages(indices, into) {
      let next = 0;
      const work = async (): Promise<void> => {
        for (let position = next++; position < indices.length; position = next++) {
          const { name, content } = await set.imageOf(indices[position]!);
          into.set(
            await decodeImage(content, name, shape, { preprocessing, upright, remedy: REMEDY }),
            position * size,
          );
        }
      };
      await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
    },
    async close() {
      await set.close?.();
    },
  };
}
