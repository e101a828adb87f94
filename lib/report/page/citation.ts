/** A BibTeX entry for the program. @param version of it. */
export function citation(version: string): string {
  return [
    '@software{cascade,',
    '  author  = {{The cascade authors}},',
    '  title   = {cascade: early exits for pre-trained image classifiers, with a statistical promise},',
    `  version = {${version}},`,
    '  year    = {2026}',
    '}',
  ].join('\n');
}
