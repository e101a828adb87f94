import { type Mutation, oneOf } from '../mutation.js';
import { damageBytes } from './bytes.js';
import { AWKWARD_NAMES } from './tree.js';

const CELLS = [
  ...AWKWARD_NAMES,
  '"',
  '""',
  '"a',
  ',',
  '\n',
  '\r',
  '\t',
  '\ufeff',
  '-0',
  '1e308',
  '-1e308',
  '99999999999999999999',
  '0x1f',
  'null',
  'é'.repeat(2000),
];

/** Changes words, cells or lines of a text. */
const damageWords: Mutation = (bytes, draw) => {
  const pieces = bytes.toString().split(/([,\n\t ])/);
  const place = draw.below(pieces.length);
  switch (draw.below(4)) {
    case 0:
      pieces.splice(place, 1);
      break;
    case 1:
      pieces.splice(place, 0, pieces[draw.below(pieces.length)]!);
      break;
    default:
      pieces[place] = draw.pick(CELLS);
  }
  return Buffer.from(pieces.join(''));
};

export const damageText = oneOf(damageWords, damageWords, damageWords, damageBytes);
