/** Formats of pictures, by the endings of their files. */
export const PICTURE_FORMATS = ['svg', 'png', 'pdf'] as const;

export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** The format that a file's name says; undefined for any other. */
export function formatOf(file: string): PictureFormat | undefined {
  return PICTURE_FORMATS.find((format) => file.toLowerCase().endsWith(`.${format}`));
}
