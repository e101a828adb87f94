/** What reports call the end of the full network. */
export const FULL_NETWORK = 'full network';

/** What reports call the exit behind a residual block. */
export function blockName(block: number): string {
  return `block ${block}`;
}

/** What reports call an exit of a network of a chain. @param exit its name within that network; left out for the network's own end. */
export function memberExitName(member: string, exit?: string): string {
  return exit === undefined ? member : `${member}, ${exit}`;
}

/** An exit in a word, as options name it and sets of exits are written: `8`; of a chain `resnet20:8`, or `resnet20` for its end. */
export function exitLabel({ block, name }: { readonly block: number | null; readonly name: string }): string {
  if (block === null) return name;
  const inMember = memberExitName('', blockName(block));
  return name.endsWith(inMember) ? `${name.slice(0, -inMember.length)}:${block}` : String(block);
}
