import { blockName } from '../artifact/exit-names.js';
import { cutPoints } from '../network/cut-points.js';
import { type MacConvention, totalMacs } from '../network/macs.js';
import { parameterCount } from '../network/parameter-shapes.js';
import { percent } from '../stats/percent.js';
import type { Backbone } from './backbone/load-backbone.js';

/** What a backbone costs and where exits may stand, in the vocabulary of the CSV files. */
export interface BackboneSummary {
  readonly architecture: string;
  readonly classes: number;
  /** How many the file's network tells apart, where these are chosen from them. */
  readonly network_classes?: number;
  /** `[channels, height, width]` of an image. */
  readonly input_shape: readonly number[];
  /** Cost of one image. */
  readonly macs: number;
  readonly parameters: number;
  /** After every residual block but the last, or wherever else everything passes through one value, in order. */
  readonly exits: readonly PossibleExit[];
}

export interface PossibleExit {
  readonly block: number;
  readonly name: string;
  /** Shape of what a head would take: `[channels, height, width]` of a feature map, `[tokens, width]` of a sequence. */
  readonly shape: readonly number[];
  /** Cost of one image up to here, without a head. */
  readonly macs: number;
  /** That cost as a share of the whole network's. */
  readonly macs_percent: number;
}

/** Counts what a backbone costs up to each place for an exit. */
export function inspectBackbone(
  { architecture, classes, chosenClasses: chosen, network: { graph } }: Backbone,
  convention: MacConvention,
): BackboneSummary {
  const macs = totalMacs(graph, convention);
  return {
    architecture,
    classes,
    ...(chosen === undefined ? {} : { network_classes: chosen.of }),
    input_shape: graph.inputShape,
    macs,
    parameters: parameterCount(graph),
    exits: cutPoints(graph, convention)
      .slice(0, -1)
      .map((cut) => ({
        block: cut.block,
        name: blockName(cut.block, cut.scope),
        shape: cut.shape,
        macs: cut.macs,
        macs_percent: percent(cut.macs / macs),
      })),
  };
}
