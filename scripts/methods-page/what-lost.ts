/** What the tables show, in sentences; looked at again whenever they change. */
export const LOSSES: readonly string[] = [];
