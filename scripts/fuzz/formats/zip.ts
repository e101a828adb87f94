import { crc32, deflateRawSync } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';

/** What an archive says of a file in it, and the bytes that are really there. */
export interface ZipMember {
  readonly name: string;
  /** As it is unpacked. */
  readonly data: Buffer;
  readonly deflated?: boolean;
  /** Other things than are true, by the fields of APPNOTE.TXT 4.3.7. */
  readonly says?: {
    readonly method?: number;
    readonly crc?: number;
    readonly compressedSize?: number;
    readonly size?: number;
    readonly flags?: number;
    readonly attributes?: number;
    readonly offset?: number;
  };
}

/** A zip archive (APPNOTE.TXT 4.3), its checksums right unless a member says otherwise. */
export function writeZip(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, deflated = false, says = {} } of members) {
    const fileName = Buffer.from(name);
    const stored = deflated ? deflateRawSync(data) : data;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(says.flags ?? 0, 2);
    common.writeUInt16LE(says.method ?? (deflated ? 8 : 0), 4);
    common.writeUInt32LE(says.crc ?? crc32(data), 10);
    common.writeUInt32LE(says.compressedSize ?? stored.length, 14);
    common.writeUInt32LE(says.size ?? data.length, 18);
    common.writeUInt16LE(fileName.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, fileName, stored]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(says.attributes ?? 0, 6);
    rest.writeUInt32LE(says.offset ?? offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, rest, fileName]));
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

/** The files of a valid archive. @throws Error for any other. */
export async function readZip(bytes: Buffer): Promise<readonly ZipMember[]> {
  const archive = await fromBufferPromise(bytes, { lazyEntries: true });
  const members: ZipMember[] = [];
  for await (const entry of archive.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await archive.openReadStreamPromise(entry)) parts.push(part as Buffer);
    members.push({
      name: entry.fileName,
      data: Buffer.concat(parts),
      deflated: entry.compressionMethod === 8,
    });
  }
  return members;
}
