import type { Graph } from '../network/graph.js';
import { parameterShapes, runningStatistics } from '../network/parameter-shapes.js';
import type { VectorLayout } from './vector-layout.js';

/** What the vectors of a network's state hold while it is fitted. */
export interface StateLayouts {
  /** Of the learned parameters, and of their velocities. */
  readonly learned: VectorLayout;
  /** Of the batch normalisations' running statistics. */
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
