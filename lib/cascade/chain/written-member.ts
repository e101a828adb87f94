import { type ChosenClasses, chosenClassesField } from '../../artifact/chosen-classes.js';
import type { Manifest } from '../../artifact/manifest.js';
import type { Shape } from '../../network/graph.js';
import type { ChainMember } from './chain-member.js';

/** Where a network of a chain comes from. */
export interface MemberOrigin {
  readonly file: string;
  readonly sha256: string;
  /** What its exits are called by. */
  readonly name: string;
  /** `[channels, height, width]` that the network itself takes. */
  readonly inputShape: Shape;
  readonly chosenClasses: ChosenClasses | undefined;
}

/** A network of a chain as the manifest has it. */
export function writtenMember(
  { architecture, normalization, macs }: Pick<ChainMember, 'architecture' | 'normalization' | 'macs'>,
  { file, sha256, name, inputShape, chosenClasses }: MemberOrigin,
): NonNullable<Manifest['members']>[number] {
  return {
    ...{ file, sha256, architecture },
    input_shape: inputShape as readonly [number, number, number],
    ...{ normalization, name, macs },
    ...chosenClassesField(chosenClasses),
  };
}
