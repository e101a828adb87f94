import type { CutPoint } from './cuts/cut-point.js';
import { passedCuts } from './cuts/passed-cuts.js';
import { residualCuts } from './cuts/residual-cuts.js';
import type { Graph } from './graph.js';
import type { MacConvention } from './macs.js';

export type { CutPoint } from './cuts/cut-point.js';

/**
 * The cut points of a network: of a plain residual one after each residual block, of any other wherever everything passes through one
 * value and enough has been computed since the place before. The last one is left out only by its use: an exit there saves nothing.
 */
export function cutPoints(graph: Graph, convention: MacConvention = 'default'): readonly CutPoint[] {
  const blocks = blocksOf(graph, convention);
  return blocks.length > 0 ? blocks : passedCuts(graph, convention);
}

/** The ends of the residual blocks of a network of our own nodes alone; none of any other, whose sums may stand for anything. */
export function blocksOf(graph: Graph, convention: MacConvention = 'default'): readonly CutPoint[] {
  const isPlain = graph.nodes.every(({ kind }) => kind !== 'operator');
  return isPlain ? residualCuts(graph, convention) : [];
}
