import { z } from 'zod';

/** The longest side, in pixels, that images are scaled to. */
export const LONGEST_SIDE = 8192;

const filterFields = {
  interpolation: z.enum(['nearest', 'bilinear', 'bicubic']).default('bilinear'),
  /** Whether a shrinking filter grows with the factor, as Pillow's and torchvision's do; Keras's does not. */
  antialias: z.boolean().default(true),
};

/** How photographs of any size become images of one shape; the field `preprocessing` of a description. */
export const preprocessingSchema = z.discriminatedUnion(
  'resize',
  [
    /** torchvision's `Resize(size)` and `CenterCrop`: the shorter side becomes `size`, the middle is cut out. */
    z.strictObject({
      resize: z.literal('short-side'),
      size: z.int().positive().max(LONGEST_SIDE),
      ...filterFields,
    }),
    /** Both sides are scaled to the shape, whatever that does to the aspect: Keras's default. */
    z.strictObject({ resize: z.literal('stretch'), ...filterFields }),
    /** The largest middle part of the shape's aspect is scaled to it: Keras's `crop_to_aspect_ratio`. */
    z.strictObject({ resize: z.literal('crop-to-aspect-ratio'), ...filterFields }),
  ],
  { error: 'resize must be one of "short-side", "stretch" and "crop-to-aspect-ratio"' },
);

export type Preprocessing = z.infer<typeof preprocessingSchema>;

/** What is done to images that come without a `preprocessing`. */
export const STRETCH: Preprocessing = { resize: 'stretch', interpolation: 'bilinear', antialias: true };

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of an image is scaled, and a window of the result is the image that a network sees. */
export interface ResizePlan {
  /** The part of the image that is scaled, in pixels of the image. */
  readonly region: Size & { readonly left: number; readonly top: number };
  /** What it is scaled to. */
  readonly scaled: Size;
  /** The window's corner in the scaled part; negative where black is laid around it. */
  readonly left: number;
  readonly top: number;
}

/** Where an image of the size `image` is scaled and cut so that it becomes one of the size `output`. */
export function planResize(image: Size, output: Size, preprocessing: Preprocessing): ResizePlan {
  const whole = { left: 0, top: 0, ...image };
  if (preprocessing.resize === 'stretch') return { region: whole, scaled: output, left: 0, top: 0 };
  if (preprocessing.resize === 'crop-to-aspect-ratio') {
    // keras.utils.image_utils.smart_resize, whose int() cuts the fraction off.
    const height = Math.min(image.height, Math.trunc((image.width * output.height) / output.width));
    const width = Math.min(image.width, Math.trunc((image.height * output.width) / output.height));
    const region = {
      left: Math.trunc((image.width - width) / 2),
      top: Math.trunc((image.height - height) / 2),
      width,
      height,
    };
    return { region, scaled: output, left: 0, top: 0 };
  }
  const short = Math.min(image.width, image.height);
  // torchvision cuts the fraction off the longer side.
  const scaled = {
    width: Math.trunc((preprocessing.size * image.width) / short),
    height: Math.trunc((preprocessing.size * image.height) / short),
  };
  return {
    region: whole,
    scaled,
    left: cropStart(scaled.width, output.width),
    top: cropStart(scaled.height, output.height),
  };
}

/** Where torchvision's `CenterCrop` begins: Python's `round`, a half to the even number; what is missing is laid around, less of it before. */
function cropStart(size: number, wanted: number): number {
  const spare = size - wanted;
  if (spare < 0) return -Math.floor(-spare / 2);
  const half = Math.floor(spare / 2);
  return half + (spare % 2 === 1 && half % 2 === 1 ? 1 : 0);
}
