import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { CascadeError } from '../../lib/errors.js';
import { checkDescription } from '../../lib/export/check-description.js';
import { exportCascade } from '../../lib/export/export-cascade.js';
import { readJson } from '../../lib/files/read-json.js';
import { readsOrRefuses } from '../support/mutations.js';
import { smallCascade } from '../support/small-cascade.js';

for (const format of ['onnx', 'tfjs'] as const) {
  test(`a changed export.json for ${format} is understood or refused in one sentence`, async (t) => {
    const { folder } = await smallCascade(t);
    const out = `${folder}-${format}`;
    await exportCascade(folder, { format, out, force: false, version: '0' });
    const file = path.join(out, 'export.json');
    const read = async (): Promise<void> => checkDescription(await readJson(file, 'none'));
    // Much of it, such as the MACs of the full network, decides nothing.
    await readsOrRefuses(t, file, read, { runs: 300, leastRefused: 60 });
    const description = (await readJson(file, 'none')) as { segments: { file: string }[] };
    for (const name of ['../model.json', '/model.json', 'http://x/segment-0/model.json', 'segment-0/../x']) {
      description.segments[0]!.file = name;
      await writeFile(file, JSON.stringify(description));
      await t.throwsAsync(read(), {
        instanceOf: CascadeError,
        message: 'export.json is damaged (segments.0.file); export the cascade again.',
      });
    }
  });
}
