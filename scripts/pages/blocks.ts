import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Folders whose Markdown files are pages. */
const FOLDERS = ['.', 'docs', 'datasets', 'examples', 'results'];

/** What a block of commands may need that is not always there, as `sh needs=…` says behind its fence. */
const NEEDS = {
  clone: 'a clone of the repository and npm',
  cifar: 'CIFAR, and networks trained on it',
  'your-files': 'files of the reader',
  minutes: 'minutes of computing',
  gpu: 'a GPU',
  python: 'Python with ONNX Runtime',
  nodes: 'several machines',
} as const;

export type Need = keyof typeof NEEDS;

/** Commands that a page shows in one fence. */
export interface CommandBlock {
  readonly page: string;
  /** Line of its first command in the page, counted from 1. */
  readonly line: number;
  readonly needs: readonly Need[];
  readonly script: string;
}

/** All pages of the repository that a reader gets to see, by their paths in it. */
export function allPages(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .map((name) => path.join(folder, name)),
  );
}

/** The blocks of commands of a page, in their order. @throws Error for a need that `NEEDS` does not name. */
export function commandBlocks(page: string): readonly CommandBlock[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```sh\b([^\n]*)\n([\s\S]*?)^```$/gm)].map((found) => {
    const [, info, script] = found as unknown as [string, string, string];
    const line = text.slice(0, found.index).split('\n').length + 1;
    return { page, line, needs: needsIn(info, `${page}:${line}`), script };
  });
}

function needsIn(info: string, place: string): readonly Need[] {
  const [, names = ''] = /^ needs=(\S+)$/.exec(info) ?? [];
  if (info !== '' && names === '') throw new Error(`${place}: '${info}' is not of the form needs=NAME`);
  return names
    .split(',')
    .filter((name) => name !== '')
    .map((name) => {
      if (!(name in NEEDS))
        throw new Error(`${place}: needs=${name} is none of ${Object.keys(NEEDS).join(', ')}`);
      return name as Need;
    });
}
