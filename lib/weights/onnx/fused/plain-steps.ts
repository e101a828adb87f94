import type { AttributeMessage, NodeMessage } from '../model-file.js';

/** A whole number, several, or a text; a real number is told apart. */
type Written = number | string | readonly number[] | { readonly real: number };

/** Values of a fused node that its file need not name. */
export type Attributes = Readonly<Record<string, Written>>;

/** Writes ONNX's own operators in place of a fused one, node by node. Every method gives back the name of the value that it adds. */
export class PlainSteps {
  readonly nodes: NodeMessage[] = [];
  readonly #attributes: ReadonlyMap<string, AttributeMessage>;

  /** @param shapeOf of a value, the images among its axes, where it is known. */
  constructor(
    readonly node: NodeMessage,
    readonly shapeOf: (name: string) => readonly number[] | undefined,
  ) {
    this.#attributes = new Map(node.attribute.map((attribute) => [attribute.name, attribute]));
  }

  /** The name of an input, undefined where it is left out. */
  input(index: number): string | undefined {
    return this.node.input[index] || undefined;
  }

  /** The name of an input that the operator needs; empty where a damaged file leaves it out, which is refused where it is read. */
  needed(index: number): string {
    return this.node.input[index] ?? '';
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  integer(name: string, otherwise: number): number {
    return this.#attributes.get(name)?.i ?? otherwise;
  }

  real(name: string, otherwise: number): number {
    return this.#attributes.get(name)?.f ?? otherwise;
  }

  reals(name: string): readonly number[] {
    return this.#attributes.get(name)?.floats ?? [];
  }

  text(name: string): string {
    return Buffer.from(this.#attributes.get(name)?.s ?? []).toString();
  }

  /** @param output a value that the fused node names. */
  step(opType: string, input: readonly string[], attributes: Attributes = {}, output?: string): string {
    const attribute = Object.entries(attributes).map(([name, value]) => messageOf(name, value));
    return this.#add(opType, input, attribute, output);
  }

  /** One of ONNX's operators with the attributes of the fused one, but for those of the fusion, which it does not have. */
  own(opType: string, input: readonly string[]): string {
    return this.#add(opType, input, this.node.attribute);
  }

  real32(value: number): string {
    return this.step('Constant', [], { value_float: { real: value } });
  }

  integers(...values: readonly number[]): string {
    return this.step('Constant', [], { value_ints: values });
  }

  /** The nodes, the last of which makes what the fused one makes. */
  ended(): readonly NodeMessage[] {
    const last = this.nodes.at(-1)!;
    return [...this.nodes.slice(0, -1), { ...last, output: [this.node.output[0]!] }];
  }

  #add(
    opType: string,
    input: readonly string[],
    attribute: readonly AttributeMessage[],
    output = `${this.node.output[0]}/unfused-${this.nodes.length}`,
  ): string {
    const { name, metadataProps } = this.node;
    this.nodes.push({ name, opType, domain: '', input, output: [output], attribute, metadataProps });
    return output;
  }
}

function messageOf(name: string, value: Written): AttributeMessage {
  const message = { name, f: 0, i: 0, s: new Uint8Array(), t: null, floats: [], ints: [] };
  if (typeof value === 'number') return { ...message, i: value };
  if (typeof value === 'string') return { ...message, s: Buffer.from(value) };
  if ('real' in value) return { ...message, f: value.real };
  return { ...message, ints: value };
}
