import type { GraphMessage, NodeMessage } from './model-file.js';

/** Where PyTorch's newer exporter writes which modules a node stands in, each within the one before, its own name last. */
const SCOPES = 'pkg.torch.onnx.name_scopes';

/** Longest path of modules that is taken for one. */
const LONGEST = 200;

/**
 * The same graph with the modules that a value is made in as part of its name, `/features.3/add_12`, as other exporters write it. What
 * enters and what leaves the network keeps its name.
 */
export function withScopedNames(graph: GraphMessage): GraphMessage {
  const kept = new Set([...graph.input, ...graph.output, ...graph.initializer].map(({ name }) => name));
  const names = new Map<string, string>();
  for (const node of graph.node) {
    const scope = scopeOf(node);
    if (scope === undefined) continue;
    for (const name of node.output) if (name !== '' && !kept.has(name)) names.set(name, `/${scope}/${name}`);
  }
  if (names.size === 0) return graph;
  const renamed = (name: string): string => names.get(name) ?? name;
  return {
    ...graph,
    node: graph.node.map((node) => ({
      ...node,
      input: node.input.map(renamed),
      output: node.output.map(renamed),
    })),
  };
}

function scopeOf({ metadataProps }: NodeMessage): string | undefined {
  const written = metadataProps.find(({ key }) => key === SCOPES)?.value;
  if (written === undefined || written.length > 10 * LONGEST) return undefined;
  const modules = [...written.matchAll(/'([^']*)'/g)].map(([, module]) => module!);
  const scope = modules.at(-2);
  return scope !== undefined && scope.length <= LONGEST && /^[\w.]+$/.test(scope) ? scope : undefined;
}
