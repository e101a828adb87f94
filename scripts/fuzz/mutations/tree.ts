import type { Draw } from '../draw.js';

/** A document of objects, lists and values: parsed JSON, or decoded messages. */
export type Tree = unknown;

type Branch = Record<string, unknown>;

/** Names that objects of JavaScript have without having been given them, and names that lead out of a folder. */
export const AWKWARD_NAMES = [
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  ' ',
  '.',
  '..',
  '../../cascade-fuzz-outside',
  '/tmp/cascade-fuzz-outside',
  '..\\cascade-fuzz-outside',
  'C:\\cascade-fuzz-outside',
  'a\0b',
  '\u202e\ud800',
  '*',
  '-1',
  '0',
  'NaN',
  '1e999',
];

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  2,
  3,
  0.5,
  1.5,
  -1.5,
  255,
  256,
  65535,
  65536,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 40,
  2 ** 53,
  1e21,
  1e308,
  5e-324,
];

/**
 * Changes one place of a document: a value, the name of a member, or what is there at all.
 *
 * @param extra values besides those that any document is tried with.
 * @returns the document, changed in place but for its root.
 */
export function damageTree(root: Tree, draw: Draw, extra: readonly Tree[] = []): Tree {
  const branches = branchesOf(root);
  if (branches.length === 0) return strangeValue(root, draw, branches, extra);
  const branch = draw.pick(branches);
  const names = Object.keys(branch);
  const name = draw.pick(names);
  if (name === undefined) return root;
  const kind = draw.below(20);
  if (kind < 2) remove(branch, name);
  else if (kind < 3) duplicate(branch, name, draw);
  else if (kind < 4 && !Array.isArray(branch)) rename(branch, name, draw.pick([...AWKWARD_NAMES, ...names]));
  else if (kind < 5) return strangeValue(root, draw, branches, extra);
  else branch[name] = strangeValue(branch[name], draw, branches, extra);
  return root;
}

/** All objects and lists that are not empty. */
function branchesOf(root: Tree): readonly Branch[] {
  const branches: Branch[] = [];
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) continue;
    const children = Object.values(value);
    if (children.length > 0) branches.push(value as Branch);
    waiting.push(...children.filter((child) => typeof child === 'object' && child !== null).slice(0, 10_000));
  }
  return branches;
}

function remove(branch: Branch, name: string): void {
  if (Array.isArray(branch)) branch.splice(Number(name), 1);
  else delete branch[name];
}

function duplicate(branch: Branch, name: string, draw: Draw): void {
  if (!Array.isArray(branch)) branch[draw.pick(AWKWARD_NAMES)] = branch[name];
  else {
    const times = draw.chance(0.02) ? 10_000 : draw.length(8);
    branch.push(...new Array(times).fill(branch[Number(name)]));
  }
}

function rename(branch: Branch, name: string, newName: string): void {
  const value = branch[name];
  delete branch[name];
  branch[newName] = value;
}

/** Mostly of the same kind, so that it gets past the first look at it. */
function strangeValue(value: unknown, draw: Draw, branches: readonly Branch[], extra: readonly Tree[]): Tree {
  if (draw.chance(0.6)) {
    if (typeof value === 'number') return strangeNumber(value, draw);
    if (typeof value === 'string') return strangeText(value, draw, branches);
    if (typeof value === 'boolean') return !value;
    if (Array.isArray(value)) return strangeList(value, draw);
  }
  return draw.pick<Tree>([
    null,
    true,
    false,
    draw.pick(NUMBERS),
    draw.pick(AWKWARD_NAMES),
    [],
    {},
    [null],
    [[]],
    { a: 1 },
    // What stands in another place.
    structuredClone(draw.pick(Object.values(draw.pick(branches) ?? {}))),
    ...extra,
  ]);
}

function strangeNumber(value: number, draw: Draw): number {
  return draw.pick([draw.pick(NUMBERS), draw.pick(NUMBERS), -value, value + 1, value - 1, value * 1000]);
}

function strangeText(value: string, draw: Draw, branches: readonly Branch[]): string {
  const texts = Object.values(draw.pick(branches) ?? {}).filter((each) => typeof each === 'string');
  return draw.pick([
    draw.pick(AWKWARD_NAMES),
    draw.pick(texts) ?? '',
    value.slice(0, draw.below(value.length)),
    `${value}${draw.pick(AWKWARD_NAMES)}`,
    value.repeat(draw.length(1000)).slice(0, 100_000),
    value.toUpperCase(),
  ]);
}

function strangeList(value: readonly unknown[], draw: Draw): readonly unknown[] {
  return draw.pick([
    [],
    [...value].reverse(),
    value.slice(1),
    [...value, ...value],
    value.map(() => draw.pick(NUMBERS)),
    new Array(draw.length(5000)).fill(value[0] ?? 0),
  ]);
}
