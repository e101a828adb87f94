/** A node of a TensorFlow GraphDef, as protobuf writes it in JSON. */
export interface ModelNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, object>>;
}

/** An entry of TensorFlow.js's weights manifest. */
export interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/** Attribute values in protobuf's JSON: 64-bit integers are text, bytes are base64. */
export const attribute = {
  type: (dtype: 'float32' | 'int32') => ({ type: dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT' }),
  integer: (value: number) => ({ i: String(value) }),
  integers: (values: readonly number[]) => ({ list: { i: values.map(String) } }),
  boolean: (value: boolean) => ({ b: value }),
  text: (value: string) => ({ s: base64(value) }),
  texts: (values: readonly string[]) => ({ list: { s: values.map(base64) } }),
  shape: (sizes: readonly number[]) => ({ shape: { dim: sizes.map((size) => ({ size: String(size) })) } }),
} as const;

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
