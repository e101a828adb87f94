import path from 'node:path';
import type { SavedNetwork } from '../../../artifact/attached-network.js';
import type { Manifest } from '../../../artifact/manifest.js';
import type { Backbone } from '../../backbone/load-backbone.js';
import type { ChainMember } from '../../chain/chain-member.js';
import { joinMembers } from '../../chain/join-members.js';
import { memberNames } from '../../chain/member-names.js';
import { writtenMember } from '../../chain/written-member.js';
import type { StudentMember } from './fit-students.js';

/** A cascade's network, with what its manifest says of exits and networks. */
export interface AttachedParts {
  readonly saved: SavedNetwork;
  readonly exits: Manifest['exits'];
  /** With students the cascade is a chain of theirs and the backbone. */
  readonly chain: Pick<Manifest, 'full_member' | 'members'>;
}

/** Puts a backbone with its exits behind the students, if there are any. */
export function behindStudents(
  students: readonly StudentMember[],
  full: ChainMember,
  { file, sha256, chosenClasses }: Backbone,
): AttachedParts {
  if (students.length === 0) {
    const exits = full.exits.map(({ value, logits }) => ({ value, logits, member: 0 }));
    return {
      saved: { network: full.network, exits, fullMember: 0 },
      exits: full.exits.map(({ about }) => about),
      chain: {},
    };
  }
  const files = [...students.map(({ name }) => `${name}.safetensors`), path.basename(file)];
  const names = memberNames(files);
  const { saved, exits } = joinMembers([...students, full], names);
  const described = [...students, { ...full, sha256, chosenClasses }].map((member, index) =>
    writtenMember(member, {
      file: files[index]!,
      sha256: member.sha256,
      name: names[index]!,
      inputShape: member.network.graph.inputShape,
      chosenClasses: 'chosenClasses' in member ? member.chosenClasses : undefined,
    }),
  );
  return { saved, exits, chain: { full_member: saved.fullMember, members: described } };
}
