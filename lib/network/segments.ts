import { CascadeError } from '../errors.js';
import type { Graph, GraphNode, Network, Operator, Parameters } from './graph.js';
import { inputsOf, withInputs } from './graph.js';
import { parameterShapes } from './parameter-shapes.js';
import { inferShapes } from './shapes.js';

/**
 * The part of a graph that computes some of its values from one of them.
 *
 * @param from the value that enters, through which everything between must pass.
 * @param outputs the wanted values; the last one becomes the part's `output`.
 * @throws CascadeError if a wanted value is not reachable from `from` alone.
 */
export function subgraph(graph: Graph, from: string, outputs: readonly string[]): Graph {
  const producers = new Map(graph.nodes.map((node) => [node.name, node]));
  const needed = new Set<string>();
  const pending = [...outputs];
  while (pending.length > 0) {
    const name = pending.pop()!;
    if (name === from || needed.has(name)) continue;
    const producer = producers.get(name);
    if (producer === undefined)
      throw new CascadeError(`The value ${name} cannot be computed from ${from} alone.`);
    needed.add(name);
    for (const input of inputsOf(producer)) pending.push(input);
  }
  return {
    input: from,
    inputShape: inferShapes(graph).get(from)!,
    nodes: graph.nodes.filter((node) => needed.has(node.name)),
    output: outputs.at(-1)!,
  };
}

/** The same part of a network, with the parameters that it needs. */
export function subnetwork(network: Network, from: string, outputs: readonly string[]): Network {
  const graph = subgraph(network.graph, from, outputs);
  return { graph, parameters: parametersOf(graph, network.parameters) };
}

/** Those of many parameters that a graph uses, in the order of its nodes. */
export function parametersOf(graph: Graph, parameters: Parameters): Parameters {
  return new Map([...parameterShapes(graph).keys()].map((name) => [name, parameters.get(name)!]));
}

/**
 * A network with a second one fed by one of its values, e.g. an exit's head on a backbone.
 *
 * @param prefix put before the names of the branch's nodes and parameters, so that several branches can be grafted.
 * @returns the joined network, whose `output` stays the trunk's, and the name of the branch's output in it.
 */
export function graft(
  trunk: Network,
  at: string,
  branch: Network,
  prefix: string,
): { readonly network: Network; readonly output: string } {
  const { graph, parameters } = prefixed(branch, prefix, at);
  const { nodes } = trunk.graph;
  const position = nodes.findIndex((node) => node.name === at) + 1;
  return {
    network: {
      graph: {
        ...trunk.graph,
        nodes: [...nodes.slice(0, position), ...graph.nodes, ...nodes.slice(position)],
      },
      parameters: new Map([...trunk.parameters, ...parameters]),
    },
    output: graph.output,
  };
}

/**
 * Networks that begin with the same value in one graph, one after another; its output is that of the last.
 *
 * @param members at least one, of the same input shape, with what is put before the names of each one's nodes and parameters.
 */
export function sideBySide(
  input: string,
  members: readonly { readonly network: Network; readonly prefix: string }[],
): Network {
  const named = members.map(({ network, prefix }) => prefixed(network, prefix, input));
  const last = named.at(-1)!.graph;
  return {
    graph: { ...last, nodes: named.flatMap(({ graph }) => graph.nodes) },
    parameters: new Map(named.flatMap(({ parameters }) => [...parameters])),
  };
}

/** A network whose names begin with a prefix, all but that of its input, which is given. */
function prefixed({ graph, parameters }: Network, prefix: string, input: string): Network {
  const rename = (name: string): string => (name === graph.input ? input : prefix + name);
  return {
    graph: {
      ...graph,
      input,
      nodes: graph.nodes.map((node) => renameNode(node, rename)),
      output: rename(graph.output),
    },
    parameters: new Map([...parameters].map(([name, tensor]) => [prefix + name, tensor])),
  };
}

function renameNode(node: GraphNode, rename: (name: string) => string): GraphNode {
  const renamed: Record<string, unknown> = { ...withInputs(node, rename), name: rename(node.name) };
  for (const key of ['weight', 'bias', 'scale', 'shift', 'mean', 'variance']) {
    if (typeof renamed[key] === 'string') renamed[key] = rename(renamed[key]);
  }
  if (node.kind === 'operator') {
    renamed['inputs'] = (renamed['inputs'] as Operator['inputs']).map((input) =>
      input !== null && typeof input === 'object' && 'parameter' in input
        ? { ...input, parameter: rename(input.parameter) }
        : input,
    );
  }
  return renamed as unknown as GraphNode;
}
