/** How a table is printed: for a terminal, or to be put into a page or a paper. */
export const TABLE_FORMATS = ['text', 'markdown', 'latex'] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];
