import { COLUMNS } from '../../lib/report/columns.js';
import { RESULT_FILES, type ResultFile } from './result-files.js';

/** `results/columns.md`. */
export function resultColumnsPage(): string {
  return [
    '# Columns of the files that scripts wrote',
    '',
    'What commands write, such as `eval.csv`, is in [columns](../docs/columns.md), and columns of the same name mean the same here unless it says',
    'otherwise. The end of a name says whether its figures are percent or percentage points.',
    '',
    '<!-- Made by `node dist/scripts/columns-page.js` from scripts/columns-page/result-files.ts. -->',
    ...[...filesByContent()].flatMap(([file, names]) => [
      '',
      `## ${names.map((name) => `\`${name}\``).join(', ')}`,
      '',
      `Written by ${file.by}. A row is ${file.row}.`,
      '',
      '| column | unit | meaning |',
      '|---|---|---|',
      ...file.columns.map((column) => {
        const [name, unit, meaning] = typeof column === 'string' ? described(column) : column;
        return `| \`${name}\` | ${unit} | ${meaning} |`;
      }),
    ]),
    '',
  ].join('\n');
}

/** Files of the same columns stand together. */
function filesByContent(): ReadonlyMap<ResultFile, readonly string[]> {
  const names = new Map<ResultFile, string[]>();
  for (const [name, file] of Object.entries(RESULT_FILES))
    names.set(file, [...(names.get(file) ?? []), name]);
  return names;
}

function described(name: keyof typeof COLUMNS): readonly [name: string, unit: string, meaning: string] {
  const { unit, meaning } = COLUMNS[name];
  return [name, unit, meaning];
}
