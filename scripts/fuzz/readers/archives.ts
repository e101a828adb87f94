import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { extractArchive } from '../../../lib/data/download/extract.js';
import { writeZip } from '../formats/zip.js';
import { oneOf, rarely } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageGzip, gzipBomb } from '../mutations/gzip.js';
import { damageTar } from '../mutations/tar.js';
import { damageZip } from '../mutations/zip.js';
import { only, type Reader } from '../reader.js';
import { noiseBytes } from '../samples.js';

const CONTENTS = {
  'a.txt': Buffer.from('hello'),
  'deep/b.bin': noiseBytes(700),
  'deep/c.txt': Buffer.alloc(0),
};

async function unpack(folder: string, files: readonly string[]): Promise<void> {
  await extractArchive(path.join(folder, only(files)), folder);
}

const zip: Reader = {
  name: 'archive-zip',
  samples: () =>
    [false, true].map((deflated) => ({
      'archive.zip': writeZip(Object.entries(CONTENTS).map(([name, data]) => ({ name, data, deflated }))),
    })),
  mutationOf: () => damageZip(() => damageBytes),
  read: unpack,
  writes: 'accepted',
};

function tarFile(): Buffer {
  const parts = Object.entries(CONTENTS).flatMap(([name, data]) => {
    const header = new Header({
      path: name,
      mode: 0o644,
      size: data.length,
      type: 'File',
      mtime: new Date(0),
    });
    header.encode();
    return [header.block!, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

const tar: Reader = {
  name: 'archive-tar',
  samples: () => [{ 'archive.tar.gz': gzipSync(tarFile()) }],
  mutationOf: () =>
    rarely(
      1000,
      gzipBomb,
      oneOf(damageGzip(damageTar), damageGzip(damageTar), damageGzip(damageBytes), damageBytes),
    ),
  read: unpack,
  writes: 'accepted',
};

export const ARCHIVE_READERS = [zip, tar] as const;
