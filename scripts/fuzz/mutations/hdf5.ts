import { type Mutation, oneOf } from '../mutation.js';
import { damageMostly, type Section } from './bytes.js';
import { damageJsonText } from './json.js';

/** What HDF5's structures begin with (HDF5 file format specification 3.0); the superblock ends before byte 96. */
const SIGNATURES = ['TREE', 'HEAP', 'SNOD', 'GCOL', 'OHDR', 'OCHK', 'FRHP', 'FHDB', 'BTHD', 'BTLF'];
const STRUCTURE_BYTES = 96;

function structures(bytes: Buffer): readonly Section[] {
  const sections: Section[] = [[0, STRUCTURE_BYTES]];
  for (const signature of SIGNATURES) {
    for (let found = bytes.indexOf(signature); found >= 0; found = bytes.indexOf(signature, found + 1))
      sections.push([found - STRUCTURE_BYTES, found + 2 * STRUCTURE_BYTES]);
  }
  return sections;
}

/** Changes a model's configuration, which stands in the file as JSON: in its place, cut or filled up with spaces. */
const damageConfiguration: Mutation = (bytes, draw) => {
  const start = bytes.indexOf('{"class_name"');
  const end = start < 0 ? -1 : bytes.indexOf(0, start);
  if (end < 0) return undefined;
  const changed = damageJsonText(bytes.toString('utf8', start, end), draw);
  if (changed === undefined) return undefined;
  const copy = Buffer.from(bytes);
  copy.fill(' ', start, end);
  changed.copy(copy, start, 0, end - start);
  return copy;
};

const damageStructure = damageMostly(structures);

/** Damages mostly the structure of an HDF5 file, not the numbers in it. */
export const damageHdf5 = oneOf(damageStructure, damageStructure, damageConfiguration);
