import protobuf from 'protobufjs';
import { ModelProto } from '../../onnx/onnx-proto.js';

/** Wire type of what has a length: texts, bytes, lists and messages. */
const LENGTH_DELIMITED = 2;

/**
 * How many messages a file consists of, counted before they are read, up to just above `most`.
 *
 * @throws Error if the bytes are no messages.
 */
export function countMessages(bytes: Uint8Array, most: number): number {
  let count = 0;
  const pending: { readonly type: protobuf.Type; readonly start: number; readonly end: number }[] = [
    { type: ModelProto, start: 0, end: bytes.length },
  ];
  const reader = protobuf.Reader.create(bytes);
  while (pending.length > 0 && count <= most) {
    const { type, start, end } = pending.pop()!;
    count++;
    reader.pos = start;
    while (reader.pos < end) {
      const tag = reader.uint32();
      const field = type.fieldsById[tag >>> 3]?.resolve().resolvedType;
      if ((tag & 7) !== LENGTH_DELIMITED || !(field instanceof protobuf.Type)) {
        reader.skipType(tag & 7);
        continue;
      }
      const length = reader.uint32();
      pending.push({ type: field, start: reader.pos, end: reader.pos + length });
      if (pending.length > most) return pending.length;
      reader.skip(length);
    }
  }
  return count;
}
