import type { Draw } from '../draw.js';
import { readZip, writeZip, type ZipMember } from '../formats/zip.js';
import type { Mutation } from '../mutation.js';
import { damageBytes } from './bytes.js';
import { AWKWARD_NAMES } from './tree.js';

/** Damages what an archive holds, or what it says of it; checksums fit, so that readers get past them. */
export function damageZip(mutationOf: (member: string) => Mutation): Mutation {
  return async (bytes, draw, others) => {
    let members: ZipMember[];
    try {
      members = [...(await readZip(bytes))];
    } catch {
      return undefined;
    }
    if (members.length === 0) return undefined;
    if (draw.chance(0.1)) return damageBytes(bytes, draw, others);
    const place = draw.below(members.length);
    const member = members[place]!;
    if (draw.chance(0.75)) {
      const data = (await mutationOf(member.name)(member.data, draw, [])) ?? member.data;
      members[place] = { ...member, data };
    } else draw.pick(EDITS)(members, place, draw);
    return writeZip(members);
  };
}

type Edit = (members: ZipMember[], place: number, draw: Draw) => void;

const EDITS: readonly Edit[] = [
  (members, place) => members.splice(place, 1),
  (members, place, draw) => members.splice(draw.below(members.length), 0, members[place]!),
  (members, place, draw) => {
    const name = draw.pick([...AWKWARD_NAMES.filter((each) => each !== ''), draw.pick(members).name]);
    members[place] = { ...members[place]!, name };
  },
  (members, place) => {
    members[place] = { ...members[place]!, deflated: !members[place]!.deflated };
  },
  (members, place, draw) => {
    const data = Buffer.alloc(draw.chance(0.1) ? 64e6 : 1e6, draw.pick([0, 0x28, 0x5b]));
    members[place] = { ...members[place]!, data, deflated: true };
  },
  says((draw) => ({ size: strangeSize(draw) })),
  says((draw) => ({ compressedSize: strangeSize(draw) })),
  says((draw) => ({ size: strangeSize(draw), compressedSize: strangeSize(draw) })),
  says((draw) => ({ crc: draw.below(2 ** 32) })),
  says((draw) => ({ method: draw.pick([0, 1, 8, 9, 12, 14, 93, 99, 65535]) })),
  says((draw) => ({ flags: draw.pick([1, 8, 64, 0x800, 0xffff]) })),
  says((draw) => ({ offset: strangeSize(draw) })),
  // A symbolic link, a device, a folder.
  says((draw) => ({ attributes: draw.pick([0o120777, 0o060644, 0o040755]) * 2 ** 16 })),
];

function says(lie: (draw: Draw) => ZipMember['says']): Edit {
  return (members, place, draw) => {
    members[place] = { ...members[place]!, says: { ...members[place]!.says, ...lie(draw) } };
  };
}

function strangeSize(draw: Draw): number {
  return draw.pick([0, 1, draw.below(1000), 2 ** 16, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1]);
}
