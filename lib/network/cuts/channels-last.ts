import type { consumersOf, GraphNode, Operator, Shape } from '../graph.js';
import { OPERATOR_RULES } from '../operator/operator-rules.js';

/** Readers that are asked before it is given up to find out. */
const MOST_ASKED = 64;

/**
 * Whether the channels of a feature map, or the width of tokens, stand last: as the first of its readers take them that do not treat all
 * axes alike. Where none tells, feature maps have their channels in front, and sequences their width behind.
 *
 * @param consumers of all values of the graph.
 */
export function areChannelsLast(
  consumers: ReturnType<typeof consumersOf>,
  value: string,
  shape: Shape,
): boolean {
  if (shape.length < 2) return false;
  const pending = [value];
  const asked = new Set<string>();
  for (const name of pending) {
    for (const node of consumers.get(name) ?? []) {
      if (asked.has(node.name) || asked.size >= MOST_ASKED) continue;
      asked.add(node.name);
      const answer = node.kind === 'operator' ? operatorTakes(node, shape.length + 1) : nodeTakes(node);
      if (answer === 'first' || answer === 'last') return answer === 'last';
      if (answer === 'any') pending.push(node.name);
    }
  }
  return shape.length === 2;
}

type Answer = 'first' | 'last' | 'any' | 'unknown';

/** Nodes of our own have the channels in front. */
function nodeTakes({ kind }: GraphNode): Answer {
  return kind === 'relu' || kind === 'relu6' || kind === 'add'
    ? 'any'
    : kind === 'flatten'
      ? 'unknown'
      : 'first';
}

/** @param rank of the value with its images. */
function operatorTakes(node: Operator, rank: number): Answer {
  switch (node.operator) {
    case 'BatchNormalization':
    case 'Conv':
    case 'ConvTranspose':
    case 'GlobalAveragePool':
    case 'GlobalMaxPool':
    case 'InstanceNormalization':
    case 'LRN':
      return 'first';
    case 'LayerNormalization':
      return 'last';
    case 'MatMul':
      return typeof node.inputs[1] === 'string' ? 'unknown' : 'last';
    case 'ReduceMean': {
      const axes = node.attributes['axes'] as readonly number[];
      const isLast = axes.length === 1 && (axes[0] === -1 || axes[0] === rank - 1);
      if (isLast) return 'last';
      return rank === 4 && axes.includes(1) && axes.includes(2) ? 'last' : 'first';
    }
    case 'Pad':
    case 'Slice':
      return 'any';
    default:
      return OPERATOR_RULES[node.operator].isElementwise === true ? 'any' : 'unknown';
  }
}
