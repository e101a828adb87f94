import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadManifest, MANIFEST_FILE } from '../../artifact/manifest.js';
import { usageError } from '../../errors.js';

/** @throws CascadeError if a cascade is named in the place of a trained network, or a file inside one. */
export async function refuseCascade(file: string): Promise<void> {
  const folder = [file, path.dirname(file)].find((each) => existsSync(path.join(each, MANIFEST_FILE)));
  if (folder === undefined) return;
  const { backbone, members = [] } = await loadManifest(folder);
  const made = [...members, ...(members.length === 0 && backbone ? [backbone] : [])].map((each) => each.file);
  const of =
    made.length === 0 ? 'the network that its records are of' : `what it was made of, ${made.join(', ')}`;
  throw usageError(
    `${file} is ${folder === file ? 'a cascade, which has its exits already' : 'part of a cascade'}, and no trained network; \`cascade show ${folder}\` says what is in it, and to attach other exits give ${of}.`,
  );
}
