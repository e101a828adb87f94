import type { SavedNetwork } from '../../artifact/attached-network.js';
import { memberExitName } from '../../artifact/exit-names.js';
import type { Manifest } from '../../artifact/manifest.js';
import { sideBySide } from '../../network/segments.js';
import { percent } from '../../stats/percent.js';
import type { ChainMember } from './chain-member.js';

/** Networks of a chain in one, with what its manifest says of its exits. */
export interface JoinedMembers {
  readonly saved: SavedNetwork;
  readonly exits: Manifest['exits'];
}

/**
 * Puts networks one after another: an exit at the end of each but the last, and those that stand inside them.
 *
 * @param names what each one's exits, nodes and parameters are called by.
 */
export function joinMembers(members: readonly ChainMember[], names: readonly string[]): JoinedMembers {
  const fullMember = members.length - 1;
  const prefixOf = (member: number): string => `${names[member]}/`;
  const network = sideBySide(
    members[0]!.network.graph.input,
    members.map((each, member) => ({ network: each.network, prefix: prefixOf(member) })),
  );
  const exits = members.flatMap((each, member) => [
    ...each.exits.map(({ value, logits, about }) => ({
      saved: { value: prefixOf(member) + value, logits: prefixOf(member) + logits, member },
      written: { ...about, member, name: memberExitName(names[member]!, about.name) },
    })),
    ...(member === fullMember
      ? []
      : [atEnd(each, member, names[member]!, prefixOf(member) + each.network.graph.output)]),
  ]);
  return {
    saved: { network, exits: exits.map(({ saved }) => saved), fullMember },
    exits: exits.map(({ written }) => written),
  };
}

/** The exit at the end of a network, which is its own classifier. */
function atEnd({ macs, heldOutAccuracy }: ChainMember, member: number, name: string, output: string) {
  return {
    saved: { value: output, logits: output, member },
    written: {
      member,
      block: null,
      backbone_macs: macs,
      head_macs: 0,
      name: memberExitName(name),
      head: 'classifier' as const,
      held_out_accuracy_percent: heldOutAccuracy === undefined ? null : percent(heldOutAccuracy),
    },
  };
}
