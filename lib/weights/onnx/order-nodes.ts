import { CascadeError } from '../../errors.js';
import { quotedName } from '../quoted-name.js';
import type { NodeMessage } from './model-file.js';

/**
 * The nodes of a graph so that every value is made before it is read; those that stand so already keep their places.
 *
 * @throws CascadeError if some need one another's values.
 */
export function orderNodes(nodes: readonly NodeMessage[], file: string): readonly NodeMessage[] {
  const makers = new Map<string, NodeMessage>();
  for (const node of nodes) {
    for (const name of node.output) if (name !== '' && !makers.has(name)) makers.set(name, node);
  }
  const ordered = new Set<NodeMessage>();
  // Nodes begun, each with the place of its next input: a chain may be longer than the stack of calls is deep.
  const begun = new Map<NodeMessage, number>();
  const open: NodeMessage[] = [];
  const begin = (node: NodeMessage): void => {
    begun.set(node, 0);
    open.push(node);
  };
  for (const first of nodes) {
    if (!ordered.has(first)) begin(first);
    while (open.length > 0) {
      const node = open.at(-1)!;
      const place = begun.get(node)!;
      if (place === node.input.length) {
        ordered.add(node);
        begun.delete(node);
        open.pop();
        continue;
      }
      begun.set(node, place + 1);
      const maker = makers.get(node.input[place]!);
      if (maker === undefined || ordered.has(maker)) continue;
      if (begun.has(maker)) throw cycle(maker, file);
      begin(maker);
    }
  }
  return [...ordered];
}

function cycle({ name, opType, output }: NodeMessage, file: string): CascadeError {
  const called = quotedName(name || output[0] || 'without a name');
  return new CascadeError(
    `The node ${called} (${quotedName(opType)}) of ${file} needs its own result, by way of other nodes or at once; export the model again.`,
  );
}
