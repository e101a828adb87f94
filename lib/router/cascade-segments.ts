import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Thresholds } from '../exits/thresholds.js';
import type { Network } from '../network/graph.js';
import { subnetwork } from '../network/segments.js';

/** The part of a cascade's network between two enabled exits, with the head at its end. */
export interface CascadeSegment {
  readonly network: Network;
  /** Whether it takes pixels: the first segment, and the first of each network of a chain. The others take the features of the one before. */
  readonly takesPixels: boolean;
  /** Position of the exit at its end; undefined for the segment that ends in the full network's own classifier. */
  readonly exit: number | undefined;
  /** Name of the logits in the network. */
  readonly logits: string;
  /** Name of what the next segment takes; undefined for the last segment, and where the next takes pixels. */
  readonly features: string | undefined;
  /** Both, as a program is asked for them. */
  readonly outputs: readonly string[];
}

/** Cuts a cascade's network at its enabled exits; heads of disabled ones are left out, and networks of a chain without an enabled exit. */
export function cascadeSegments(
  { network, exits, fullMember }: SavedNetwork,
  thresholds: Thresholds,
): readonly CascadeSegment[] {
  const { input, output } = network.graph;
  const ends = [
    ...exits.flatMap((exit, position) =>
      thresholds[position] === null ? [] : [{ ...exit, exit: position }],
    ),
    { value: output, logits: output, member: fullMember, exit: undefined },
  ];
  return ends.map(({ value, logits, member, exit }, position) => {
    const before = ends[position - 1];
    const from = before?.member === member ? before.value : input;
    const features = ends[position + 1]?.member === member ? value : undefined;
    const outputs = features === undefined ? [logits] : [logits, features];
    return {
      network: subnetwork(network, from, outputs),
      takesPixels: from === input,
      exit,
      logits,
      features,
      outputs,
    };
  });
}
