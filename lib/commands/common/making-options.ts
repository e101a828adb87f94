import path from 'node:path';
import { type Command, Option } from 'commander';
import type { OnBadImage } from '../../records/usable-split.js';
import type { CommandContext } from './context.js';
import { parseSeed } from './parse.js';

/** Options of every command that makes a cascade of trained networks. */
export interface MakingCommandOptions {
  readonly data: string;
  readonly dataDir?: string;
  readonly onBadImage: OnBadImage;
  readonly seed: number;
  readonly force?: boolean;
  readonly forceBackbone?: boolean;
}

/** What they are where a user says nothing. */
export const MAKING_DEFAULTS = { onBadImage: 'stop', seed: 0 } as const;

/** The cascade that is made of a network where no other name is given. */
export function cascadeFolder(network: string): string {
  return `${path.parse(network).name}.cascade`;
}

/** @param forced what `--force-backbone` does. */
export function withMakingOptions(command: Command, forced: string): Command {
  return command
    .addOption(
      new Option(
        '--on-bad-image <what>',
        'stop at an image that cannot be decoded, or skip: decode all once beforehand and leave such images out',
      )
        .choices(['stop', 'skip'] satisfies readonly OnBadImage[])
        .default(MAKING_DEFAULTS.onBadImage),
    )
    .option('--seed <number>', 'seed of everything random', parseSeed, MAKING_DEFAULTS.seed)
    .option('--force', 'replace a cascade that is there')
    .option('--force-backbone', forced);
}

/** The same as what makes a cascade takes them. */
export function makingOptions(
  { forceBackbone = false, force = false, onBadImage, seed }: MakingCommandOptions,
  { version, reporter, signal }: CommandContext,
) {
  return { forceBackbone, force, onBadImage, seed, version, reporter, signal };
}
