import path from 'node:path';
import { z } from 'zod';
import { counted } from '../counted.js';
import { CascadeError } from '../errors.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { fitting } from '../files/json-layout.js';
import { parseJson } from '../files/read-json.js';
import { sha256Of } from '../files/sha256.js';
import type { ExitPlace } from '../heads/exit-place.js';
import { headGraph } from '../heads/head-graph.js';
import { HEAD_KINDS } from '../heads/head-kinds.js';
import type { Graph, Network, Shape } from '../network/graph.js';
import { totalMacs } from '../network/macs.js';
import { graft, subgraph } from '../network/segments.js';
import type { Tensor } from '../network/tensor.js';
import { readSafetensors, writeSafetensors } from '../weights/safetensors.js';
import { checkGraph, checkParameters } from './check-network.js';
import { blockName } from './exit-names.js';
import { graphSchema } from './graph-schema.js';
import { MANIFEST_FILE, type Manifest, type SealedFile } from './manifest.js';
import { readSealed } from './sealed-files.js';

/** A network with exits, pixels in. */
export interface SavedNetwork {
  /** Everything in one graph; its `output` is the full network's own logits. */
  readonly network: Network;
  readonly exits: readonly SavedExit[];
  /** Number of the full network among those of a chain; 0 where there is one network. */
  readonly fullMember: number;
}

export interface SavedExit {
  /** Name of the value that it stands at. */
  readonly value: string;
  /** Name of its logits. */
  readonly logits: string;
  /** Number of the network that it stands in. */
  readonly member: number;
}

/** A backbone with heads grafted at its exits. */
export interface AttachedNetwork extends SavedNetwork {
  readonly exits: readonly (SavedExit & { readonly place: ExitPlace; readonly headMacs: number })[];
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
    const { shape, channelsLast } = place.cut;
    const graph = headGraph(HEAD_KINDS[place.head], shape, classes, channelsLast);
    const grafted = graft(
      network,
      place.cut.value,
      { graph, parameters: heads[index]! },
      headPrefix(place.cut.block),
    );
    network = grafted.network;
    const { value } = place.cut;
    return { place, value, logits: grafted.output, member: 0, headMacs: totalMacs(graph) };
  });
  return { network, exits, fullMember: 0 };
}

/** What a manifest says of attached exits. @param heldOut accuracy of each head on held-out fitting images, in percent. */
export function exitsOf({ exits }: AttachedNetwork, heldOut: readonly number[]): Manifest['exits'] {
  return exits.map(({ place: { cut, head }, headMacs }, index) => ({
    block: cut.block,
    name: blockName(cut.block, cut.scope),
    head,
    backbone_macs: cut.macs,
    head_macs: headMacs,
    held_out_accuracy_percent: heldOut[index]!,
  }));
}

const FILES = {
  graph: 'network.json',
  backbone: 'backbone.safetensors',
  heads: 'heads.safetensors',
} as const satisfies Readonly<Record<string, SealedFile>>;

type NetworkFile = (typeof FILES)[keyof typeof FILES];

/** Whether a node or parameter belongs to a head, of a cascade or of a network of a chain. */
const OF_HEAD = /^([^/]+\/)?exit-\d+\//;

/**
 * Writes a cascade's graph, the folded backbones' parameters and the heads' parameters into its folder.
 *
 * @returns the SHA-256 of each file, for `cascade.json`.
 */
export async function saveNetwork(
  folder: string,
  { network, exits }: SavedNetwork,
): Promise<Readonly<Record<NetworkFile, string>>> {
  const parameters = [...network.parameters];
  const backbone = new Map(parameters.filter(([name]) => !OF_HEAD.test(name)));
  const heads = new Map(parameters.filter(([name]) => OF_HEAD.test(name)));
  const outputs = exits.map(({ value, logits }) => ({ value, logits }));
  const write = async (name: NetworkFile, content: string | Uint8Array): Promise<string> => {
    await writeFileAtomically(path.join(folder, name), content);
    return sha256Of(content);
  };
  return {
    [FILES.backbone]: await write(FILES.backbone, writeSafetensors(backbone)),
    [FILES.heads]: await write(FILES.heads, writeSafetensors(heads)),
    [FILES.graph]: await write(FILES.graph, `${JSON.stringify({ graph: network.graph, exits: outputs })}\n`),
  };
}

const savedSchema = z.strictObject({
  graph: graphSchema,
  /** For each exit the value it stands at and its logits. */
  exits: z.array(z.strictObject({ value: z.string(), logits: z.string() })).readonly(),
});

const REMEDY = 'attach again';

/**
 * Reads a cascade's network. Each file is read once, and held against its SHA-256 in `cascade.json`.
 *
 * @throws CascadeError if a file is missing, damaged, or does not fit the others and the manifest.
 */
export async function loadNetwork(folder: string, manifest: Manifest): Promise<SavedNetwork> {
  if (manifest.backbone === undefined) throw new CascadeError(`${folder} holds no network; it was imported.`);
  const read = (name: NetworkFile): Promise<Buffer> => readSealed(folder, manifest, name);
  const file = path.join(folder, FILES.graph);
  const json = parseJson((await read(FILES.graph)).toString('utf8'), file);
  const { graph, exits } = fitting(json, { schema: savedSchema, remedy: REMEDY }, file);
  checkExits(checkGraph(graph, file, REMEDY), graph, exits, manifest, file);
  const parameters = new Map<string, Tensor>();
  for (const name of [FILES.backbone, FILES.heads]) {
    const { tensors } = readSafetensors(await read(name), path.join(folder, name));
    for (const [key, tensor] of tensors) parameters.set(key, tensor);
  }
  checkParameters(graph, parameters, folder, REMEDY);
  const { full_member: fullMember = 0 } = manifest;
  const placed = exits.map((exit, index) => ({ ...exit, member: manifest.exits[index]!.member ?? 0 }));
  return { network: { graph, parameters }, exits: placed, fullMember };
}

function checkExits(
  shapes: ReadonlyMap<string, Shape>,
  graph: Graph,
  exits: z.infer<typeof savedSchema>['exits'],
  { exits: places, classes, backbone, full_member: fullMember }: Manifest,
  file: string,
): void {
  const refuse = (fault: string): CascadeError =>
    new CascadeError(`${file} does not fit ${MANIFEST_FILE} (${fault}); ${REMEDY}.`);
  if (exits.length !== places.length)
    throw refuse(`it has ${counted(exits.length, 'exit')} and not ${places.length}`);
  if (graph.inputShape.join() !== backbone!.input_shape.join())
    throw refuse(`it takes images of ${graph.inputShape.join('×')}`);
  const order = new Map([...shapes.keys()].map((name, position) => [name, position]));
  for (const [index, { value }] of exits.entries()) {
    const before = order.get(exits[index - 1]?.value ?? graph.input)!;
    if (!((order.get(value) ?? -1) > before)) throw refuse(`${value} is no place for exit ${index}`);
  }
  for (const logits of [...exits.map((exit) => exit.logits), graph.output]) {
    if (shapes.get(logits)?.join() !== String(classes))
      throw refuse(`${logits} does not give a number for each of the ${classes} classes`);
  }
  // The network is cut at any of its exits: everything behind one must come from its value alone, or from the pixels where the next
  // network of a chain begins, and be computed in one part only.
  const ends = [
    ...exits.map(({ value, logits }, index) => ({
      member: places[index]!.member,
      value,
      outputs: [logits, value],
    })),
    { member: fullMember, value: graph.output, outputs: [graph.output] },
  ];
  const parts: Graph[] = [];
  try {
    for (const [index, { member, outputs }] of ends.entries()) {
      const before = ends[index - 1];
      parts.push(
        subgraph(graph, before?.member === member ? (before?.value ?? graph.input) : graph.input, outputs),
      );
    }
  } catch (error) {
    throw error instanceof CascadeError ? refuse(error.message.replace(/\.$/, '')) : error;
  }
  const computed = new Set<string>();
  for (const { name } of parts.flatMap(({ nodes }) => nodes)) {
    if (computed.has(name)) throw refuse(`${name} is computed on both sides of an exit`);
    computed.add(name);
  }
}
