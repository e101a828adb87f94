import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { CompressionCodec } from 'hyparquet';

type Decompress = (bytes: Uint8Array, length: number) => Uint8Array | Promise<Uint8Array>;

/**
 * Parquet's kinds of compression, each so that no bytes make it take more memory than the length that was promised: zlib's own limit, or a
 * look at the sizes that stand in the bytes before the decoder sees them.
 */
const DECOMPRESS: Partial<Record<CompressionCodec, Decompress>> = {
  UNCOMPRESSED: (bytes) => bytes,
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
  SNAPPY: (bytes, length) => decompressed('SNAPPY', bytes, length),
  ZSTD: (bytes, length) => {
    checkZstd(bytes, length);
    return decompressed('ZSTD', bytes, length);
  },
  LZ4: (bytes, length) => decompressed(isHadoopLz4(bytes, length) ? 'LZ4' : 'LZ4_RAW', bytes, length),
  LZ4_RAW: (bytes, length) => decompressed('LZ4_RAW', bytes, length),
};

/** @throws Error if the bytes are damaged, or not `length` when they are decompressed. */
export async function decompressPage(
  bytes: Uint8Array,
  length: number,
  codec: CompressionCodec,
): Promise<Uint8Array> {
  const decompress = Object.hasOwn(DECOMPRESS, codec ?? '') ? DECOMPRESS[codec] : undefined;
  if (decompress === undefined) throw new Error(`its compression ${String(codec)} is not read`);
  const page = length === 0 ? new Uint8Array() : await decompress(bytes, length);
  if (page.length !== length) throw new Error('a page of it has another length than promised');
  return page;
}

async function decompressed(codec: CompressionCodec, bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const { compressors } = await import('hyparquet-compressors');
  return compressors[codec]!(bytes, length);
}

const ZSTD_MAGIC = 0xfd2fb528;
/** What the format advises every decoder to allow. */
const LARGEST_WINDOW = 2 ** 23;

/** The frame's header and the sizes of its blocks (RFC 8878, 3.1.1). */
function checkZstd(bytes: Uint8Array, length: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== ZSTD_MAGIC) throw new Error('a page of it is no Zstandard');
  const flags = view.getUint8(4);
  const isSingle = (flags & 0x20) !== 0;
  const window = isSingle ? length : 2 ** (10 + (view.getUint8(5) >> 3)) * 1.875;
  const sizeBytes = flags >> 6 === 0 ? Number(isSingle) : 1 << (flags >> 6);
  let at = (isSingle ? 5 : 6) + [0, 1, 2, 4][flags & 3]!;
  let size = 0;
  for (let byte = 0; byte < sizeBytes; byte++) size += view.getUint8(at++) * 2 ** (8 * byte);
  if (flags >> 6 === 1) size += 256;
  if ((sizeBytes > 0 && size !== length) || window > 2 * Math.max(LARGEST_WINDOW, length))
    throw new Error('a page of it has another length than promised');
  let plain = 0;
  for (let isLast = false; !isLast; ) {
    const head = view.getUint16(at, true) + view.getUint8(at + 2) * 2 ** 16;
    const kind = (head >> 1) & 3;
    isLast = (head & 1) === 1;
    // A block of kind 1 is one byte repeated; only 2 is compressed.
    if (kind !== 2) plain += head >> 3;
    if (plain > length) throw new Error('a page of it has another length than promised');
    at += 3 + (kind === 1 ? 1 : head >> 3);
  }
  if (at + ((flags & 4) === 0 ? 0 : 4) !== bytes.length) throw new Error('a page of it is no single frame');
}

/** Whether bytes are in Hadoop's parts, each behind its two lengths, and not one block of LZ4. */
function isHadoopLz4(bytes: Uint8Array, length: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [at, out] = [0, 0];
  while (at + 8 <= view.byteLength) {
    out += view.getUint32(at);
    at += 8 + view.getUint32(at + 4);
  }
  return at === view.byteLength && out === length;
}
