/**
 * A whole number as all text for people has it.
 *
 * @example grouped(125485696) // '125,485,696'
 */
export function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/**
 * A number of things.
 *
 * @param plural where it is not the singular with an s.
 * @example counted(1, 'image') // '1 image'
 * @example counted(11000, 'image') // '11,000 images'
 */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(count)} ${count === 1 ? singular : plural}`;
}
