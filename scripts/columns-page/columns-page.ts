import { COLUMNS } from '../../lib/report/columns.js';
import { CSV_FILES } from '../../lib/report/csv-files.js';

/** `docs/columns.md`. */
export function columnsPage(): string {
  const files = Object.entries(CSV_FILES).flatMap(([name, { by, row, columns }]) => [
    `### \`${name}\``,
    '',
    `Written by ${by.split(', ').map(asCode).join(' and ')}. A row is ${row}.`,
    '',
    columns.map(asCode).join(', '),
    '',
  ]);
  const columns = Object.entries(COLUMNS).map(
    ([name, { unit, meaning }]) => `| \`${name}\` | ${unit} | ${meaning} |`,
  );
  return [
    '# Columns',
    '',
    'Every CSV file has one header row. A column of the same name means the same in every file, so files of several runs can be joined end to',
    'end; `--json` prints objects whose keys are these names. An empty cell, `null` in JSON, is a value that the row does not have.',
    '',
    'Beside the files of a run lies its record, named after the command, such as `eval.run.json`: one for all the files that it wrote, since they come of the same',
    'options. `cascade eval --config results/r56/eval.run.json` repeats it. `eval` of another operating point than the active one adds to the names what it is of:',
    '`eval-fast.csv` (`--use fast`), `eval.drop-2.csv` (`--max-drop 2%`), `eval.seed-7.csv` (`--all --split-seed 7`).',
    '',
    '<!-- Made by `node dist/scripts/columns-page.js` from lib/report/columns.ts. -->',
    '',
    '## Files',
    '',
    ...files,
    '## Meanings',
    '',
    '| column | unit | meaning |',
    '|---|---|---|',
    ...columns,
    '',
  ].join('\n');
}

function asCode(text: string): string {
  return `\`${text}\``;
}
