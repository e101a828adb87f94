import type { Draw } from '../draw.js';
import { LONGEST, type Mutation } from '../mutation.js';
import { damageTree } from './tree.js';

/** Stand for what JSON.stringify cannot write, until the text is there. */
const DEEP = '\u0001deep';
const PROTOTYPE = '\u0001prototype';

const DEPTHS = [20, 20, 5000, 200_000];

/** Changes places of a JSON document, which stays well-formed. */
export const damageJson: Mutation = (bytes, draw) => damageJsonText(bytes.toString(), draw);

/** @returns undefined if the text is no JSON. */
export function damageJsonText(text: string, draw: Draw): Buffer | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text);
    root = damageTree(root, draw, [DEEP, { [PROTOTYPE]: { classes: 1, length: 1 } }]);
    const written = JSON.stringify(root, null, draw.pick([undefined, undefined, 2])) ?? '';
    return Buffer.from(withStandIns(written, draw));
  } catch {
    // What an earlier damage nested too deep for JSON's own functions is no JSON here either.
    return undefined;
  }
}

function withStandIns(text: string, draw: Draw): string {
  const depth = draw.chance(0.02) ? LONGEST / 3 : draw.pick(DEPTHS);
  const [open, close] = draw.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const);
  const most = Math.floor(Math.min(depth, LONGEST / (open.length + close.length)));
  return text
    .replace('"\\u0001prototype"', '"__proto__"')
    .replace('"\\u0001deep"', () => `${open.repeat(most)}0${close.repeat(most)}`);
}
