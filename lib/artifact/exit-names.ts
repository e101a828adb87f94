/** What reports call the end of the full network. */
export const FULL_NETWORK = 'full network';

/** What reports call the exit behind a residual block, or at a place that the network itself calls by a name. */
export function blockName(block: number, scope?: string): string {
  return scope === undefined ? `block ${block}` : `block ${block} (${scope})`;
}

/** What reports call an exit of which nothing but its recorded outputs is known. @param number from 0. */
export function importedExitName(number: number): string {
  return `exit ${number}`;
}

/** What stands above the names of exits in a table: of imported ones nobody knows what they stand behind. */
export function exitHeading(
  exits: readonly { readonly block: number | null; readonly name: string }[],
): 'exit' | 'exit after' {
  const areImported = exits.some(({ block, name }) => block !== null && name === importedExitName(block));
  return areImported ? 'exit' : 'exit after';
}

/** What reports call an exit of a network of a chain. @param exit its name within that network; left out for the network's own end. */
export function memberExitName(member: string, exit?: string): string {
  return exit === undefined ? member : `${member}, ${exit}`;
}

/** An exit in a word, as options name it and sets of exits are written: `8`; of a chain `resnet20:8`, or `resnet20` for its end. */
export function exitLabel({ block, name }: { readonly block: number | null; readonly name: string }): string {
  if (block === null) return name;
  // A network's own name for the place is left out.
  const bare = name.replace(/ \([\w.-]+\)$/, '');
  const inMember = memberExitName('', blockName(block));
  return bare.endsWith(inMember) ? `${bare.slice(0, -inMember.length)}:${block}` : String(block);
}
