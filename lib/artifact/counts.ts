import { z } from 'zod';

/** How many of something there are. */
export const count = z.int().nonnegative();

/** More of anything than fits into a file system: whatever is larger was damaged. */
const MOST_IMAGES = 2 ** 32;

/** Number of images, at least one. */
export const imageCount = z.int().min(1).max(MOST_IMAGES);

/** Number of classes: their numbers are kept in 16 bits. */
export const classCount = z
  .int()
  .min(2)
  .max(2 ** 16);

/** A seed of random numbers. */
export const seedSchema = z
  .int()
  .nonnegative()
  .max(2 ** 32 - 1);

/** In percent, or in percentage points. */
export const percentage = z.number().min(-100).max(100);
