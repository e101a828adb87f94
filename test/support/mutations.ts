import { readFile, writeFile } from 'node:fs/promises';
import type { ExecutionContext } from 'ava';
import fc from 'fast-check';
import { CascadeError } from '../../lib/errors.js';

/** What is put in the place of a part of a JSON file: of the wrong kind, too large, negative, or a name with a meaning of its own. */
const FOREIGN: readonly unknown[] = [
  ...[null, true, -1, 0, 0.5, 1, 2, 1e6, 2 ** 31, 2 ** 32, 2 ** 53, 1e308, -1e308],
  ...[
    '',
    '.',
    '..',
    '../x',
    '/tmp/x',
    'a/b',
    'constructor',
    '__proto__',
    'toString',
    'input',
    '\u0000',
    ' a ',
  ],
  ...['x'.repeat(10_000), [], [[]], [null], [-1], {}, { constructor: 1 }, { length: 1e9 }],
];

type Path = readonly (string | number)[];

/** All parts of a JSON value, the whole among them. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [
    path,
    ...[...keys].flatMap((key) => pathsOf((value as Record<string | number, unknown>)[key], [...path, key])),
  ];
}

/** A copy with one part put in the place of another, taken out, or doubled. */
function changed(
  value: unknown,
  path: Path,
  change: (parent: unknown, key: string | number) => void,
): unknown {
  const holder = { root: structuredClone(value) };
  const [last, ...before] = ['root', ...path].reverse();
  const parent = before
    .reverse()
    .reduce<unknown>((each, key) => (each as Record<string | number, unknown>)[key], holder);
  change(parent, last!);
  return holder.root;
}

function mutations(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(value);
  const replaced = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...FOREIGN)).map(([path, other]) =>
    changed(value, path, (parent, key) => {
      (parent as Record<string | number, unknown>)[key] = other;
    }),
  );
  const copied = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...paths)).map(([path, from]) => {
    const other = from.reduce<unknown>((each, key) => (each as Record<string | number, unknown>)[key], value);
    return changed(value, path, (parent, key) => {
      (parent as Record<string | number, unknown>)[key] = structuredClone(other);
    });
  });
  const removed = fc.constantFrom(...paths).map((path) =>
    changed(value, path, (parent, key) => {
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete (parent as Record<string | number, unknown>)[key];
    }),
  );
  return fc.oneof({ weight: 4, arbitrary: replaced }, { weight: 2, arbitrary: copied }, removed);
}

/**
 * Changes a JSON file at random places, again and again, and has it read: it is understood, or refused in one sentence. The file is
 * put back at the end.
 */
export async function readsOrRefuses(
  t: ExecutionContext,
  file: string,
  read: () => Promise<unknown>,
  { runs = 300, leastRefused = 50 } = {},
): Promise<void> {
  const original = await readFile(file, 'utf8');
  let refused = 0;
  await read();
  await fc.assert(
    fc.asyncProperty(mutations(JSON.parse(original)), async (mutated) => {
      await writeFile(file, JSON.stringify(mutated) ?? '');
      try {
        await read();
      } catch (error) {
        if (!(error instanceof CascadeError)) throw error;
        if (/\n/.test(error.message)) throw new Error(`more than a line: ${error.message}`);
        refused++;
      }
    }),
    { numRuns: runs },
  );
  await writeFile(file, original);
  t.true(refused > leastRefused, `${refused} of ${runs} refused`);
}

/** Flips single bits of a file, one at a time, and has it read. @returns what was said of each, an empty text where nothing was. */
export async function flippedBits(
  file: string,
  flips: number,
  read: () => Promise<unknown>,
): Promise<readonly string[]> {
  const original = await readFile(file);
  const said: string[] = [];
  for (let flip = 0; flip < flips; flip++) {
    // Spread over the whole file, and over the bits of a byte.
    const bit = Math.floor(((flip + 0.5) / flips) * 8 * original.length);
    const bytes = Buffer.from(original);
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    await writeFile(file, bytes);
    said.push(
      await read().then(
        () => '',
        (error: unknown) => {
          if (error instanceof CascadeError) return error.message;
          throw error;
        },
      ),
    );
  }
  await writeFile(file, original);
  return said;
}
