/** The option of a command that must be told its data set, as commander takes it. */
export const DATA = [
  '--data <name>',
  'data set: a name that `cascade fetch` lists, or a folder with a dataset.json',
] as const;

/** Where data sets are, as commander takes it. */
export const DATA_DIR = [
  '--data-dir <folder>',
  'where data sets are (default: $CASCADE_DATA, else ~/.cache/cascade)',
] as const;
