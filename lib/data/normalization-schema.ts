import { z } from 'zod';
import { CHANNEL_ORDERS } from '../network/input/channel-order.js';

/** How pixels are normalised, where a file says so. */
export const normalizationSchema = z.strictObject({
  /** One number a channel, in units of the full range 0 … 1. */
  mean: z.array(z.number()).readonly(),
  std: z.array(z.number().positive()).readonly(),
  /** Order in which the network takes them; `rgb` when left out. */
  channels: z.enum(CHANNEL_ORDERS).optional(),
});
