import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Thresholds } from '../exits/thresholds.js';
import type { Network } from '../network/graph.js';
import { subnetwork } from '../network/segments.js';

/** The part of a cascade's network between two enabled exits, with the head at its end. */
export interface CascadeSegment {
  /** Takes pixels (the first segment) or the features of the segment before. */
  readonly network: Network;
  /** Position of the exit at its end; undefined for the segment that ends in the backbone's own classifier. */
  readonly exit: number | undefined;
  /** Name of the logits in the network. */
  readonly logits: string;
  /** Name of what the next segment takes; undefined for the last segment. */
  readonly features: string | undefined;
  /** Both, as a program is asked for them. */
  readonly outputs: readonly string[];
}

/** Cuts a cascade's network at its enabled exits; heads of disabled ones are left out. */
export function cascadeSegments(
  { network, exits }: SavedNetwork,
  thresholds: Thresholds,
): readonly CascadeSegment[] {
  const segments: CascadeSegment[] = [];
  let from = network.graph.input;
  for (const [exit, { value, logits }] of exits.entries()) {
    if (thresholds[exit] === null) continue;
    const outputs = [logits, value];
    segments.push({ network: subnetwork(network, from, outputs), exit, logits, features: value, outputs });
    from = value;
  }
  const { output } = network.graph;
  const last = subnetwork(network, from, [output]);
  const end = { exit: undefined, logits: output, features: undefined, outputs: [output] };
  return [...segments, { network: last, ...end }];
}
