/** Images a batch that may be asked for, at most: more run no faster anywhere. */
export const MOST_BATCHED = 4096;
