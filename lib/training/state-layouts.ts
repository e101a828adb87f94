import type { Graph } from '../network/graph.js';
import { parameterShapes, runningStatistics } from '../network/parameter-shapes.js';
import type { VectorLayout } from './vector-layout.js';

/** What the vectors of a network's state hold while it is fitted. */
export interface StateLayouts {
  /** Where the learned parameters stand in a vector, and likewise their velocities. */
  readonly learned: VectorLayout;
  /** Where the batch normalisations' running statistics stand. */
  readonly statistics: VectorLayout;
}

/** @param frozen names of the parameters that stay as they are. */
export function stateLayouts(graph: Graph, frozen: { has(name: string): boolean }): StateLayouts {
  const running = runningStatistics(graph);
  const open = [...parameterShapes(graph)].filter(([name]) => !frozen.has(name));
  return {
    learned: open.filter(([name]) => !running.has(name)),
    statistics: open.filter(([name]) => running.has(name)),
  };
}
