import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, systemReason } from '../errors.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readJson } from '../files/read-json.js';
import type { ExitPlace } from '../heads/exit-place.js';
import { headGraph } from '../heads/head-graph.js';
import { HEAD_KINDS } from '../heads/head-kinds.js';
import type { Graph, Network } from '../network/graph.js';
import { totalMacs } from '../network/macs.js';
import { graft } from '../network/segments.js';
import type { Tensor } from '../network/tensor.js';
import { readSafetensors, writeSafetensors } from '../weights/safetensors.js';

/** A backbone with heads grafted at its exits, pixels in. */
export interface AttachedNetwork {
  /** Everything in one graph; its `output` is the backbone's own logits. */
  readonly network: Network;
  readonly exits: readonly {
    readonly place: ExitPlace;
    /** Name of the head's logits in the graph. */
    readonly output: string;
    readonly headMacs: number;
  }[];
}

/** What a head's nodes and parameters are called by. */
function headPrefix(block: number): string {
  return `exit-${block}/`;
}

/** @param heads parameters of each exit's head, by the names of `headGraph`. */
export function attachHeads(
  backbone: Network,
  places: readonly ExitPlace[],
  classes: number,
  heads: readonly ReadonlyMap<string, Tensor>[],
): AttachedNetwork {
  let network = backbone;
  const exits = places.map((place, index) => {
    const graph = headGraph(HEAD_KINDS[place.head], place.cut.shape, classes);
    const grafted = graft(
      network,
      place.cut.value,
      { graph, parameters: heads[index]! },
      headPrefix(place.cut.block),
    );
    network = grafted.network;
    return { place, output: grafted.output, headMacs: totalMacs(graph) };
  });
  return { network, exits };
}

const FILES = {
  graph: 'network.json',
  backbone: 'backbone.safetensors',
  heads: 'heads.safetensors',
} as const;

/** The files that hold a cascade's network. */
export function networkFiles(folder: string): readonly string[] {
  return Object.values(FILES).map((name) => path.join(folder, name));
}

/** Writes the joined graph, the folded backbone's parameters and the heads' parameters into a cascade folder. */
export async function saveNetwork(folder: string, { network, exits }: AttachedNetwork): Promise<void> {
  const prefixes = exits.map(({ place }) => headPrefix(place.cut.block));
  const isHead = (name: string): boolean => prefixes.some((prefix) => name.startsWith(prefix));
  const parameters = [...network.parameters];
  const backbone = new Map(parameters.filter(([name]) => !isHead(name)));
  const heads = new Map(parameters.filter(([name]) => isHead(name)));
  await writeFileAtomically(path.join(folder, FILES.backbone), writeSafetensors(backbone));
  await writeFileAtomically(path.join(folder, FILES.heads), writeSafetensors(heads));
  const outputs = exits.map(({ place, output }) => ({ value: place.cut.value, logits: output }));
  await writeFileAtomically(
    path.join(folder, FILES.graph),
    `${JSON.stringify({ graph: network.graph, exits: outputs })}\n`,
  );
}

/** A cascade's network as it was saved: for each exit the value it stands at and its logits. */
export interface SavedNetwork {
  readonly network: Network;
  readonly exits: readonly { readonly value: string; readonly logits: string }[];
}

/** @throws CascadeError if a file is missing or damaged. */
export async function loadNetwork(folder: string): Promise<SavedNetwork> {
  const description = (await readJson(
    path.join(folder, FILES.graph),
    `${folder} holds no network; it was imported`,
  )) as {
    graph: Graph;
    exits: SavedNetwork['exits'];
  };
  if (!Array.isArray(description.graph?.nodes) || !Array.isArray(description.exits))
    throw new CascadeError(`${path.join(folder, FILES.graph)} is damaged; attach again.`);
  const parameters = new Map<string, Tensor>();
  for (const name of [FILES.backbone, FILES.heads]) {
    const file = path.join(folder, name);
    const bytes = await readFile(file).catch((error: unknown) => {
      throw new CascadeError(`${file} cannot be read: ${systemReason(error)}; attach again.`);
    });
    for (const [key, tensor] of readSafetensors(bytes, file).tensors) parameters.set(key, tensor);
  }
  return { network: { graph: description.graph, parameters }, exits: description.exits };
}
