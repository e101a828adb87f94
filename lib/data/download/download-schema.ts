import { z } from 'zod';

/** What `cascade fetch` gets: the checksum that its source publishes, of the kinds there are. */
export const downloadSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'it must be an address that begins with https:// or http://' })
    // What is no address is told by the rule above, and this one is asked all the same.
    .refine(
      (url) => !URL.canParse(url) || !new URL(url).pathname.endsWith('/'),
      'it must end with the name of a file',
    ),
  /** Bytes. */
  size: z.int().positive().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** The first digits, as PyTorch puts them into a file's name. */
  sha256_prefix: z
    .string()
    .regex(/^[0-9a-f]{8,}$/)
    .optional(),
  md5: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
  /** Whether it is an archive. */
  unpack: z.boolean().default(false),
  /** Left out unless all is asked for. */
  optional: z.boolean().default(false),
});

export type Download = z.infer<typeof downloadSchema>;
