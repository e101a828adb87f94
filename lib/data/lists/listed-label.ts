/** What a list says of one image; without a file it is the next in the order of their names. */
export interface ListedLabel {
  readonly file?: string;
  readonly label: string;
}

/** The columns of a list that has several. */
export interface ListColumns {
  readonly image: string;
  readonly label: string;
}
