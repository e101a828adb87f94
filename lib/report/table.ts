import Table from 'cli-table3';
import { printable } from '../printable.js';

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Rows under a header, columns aligned: the first ones, which hold words, to the left, numbers to the right. */
export function renderTable(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
  wordColumns = 1,
): string {
  const table = new Table({
    head: [...header],
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: header.map((_, column) => (column < wordColumns ? 'left' : 'right')),
  });
  for (const row of rows) table.push(row.map((cell) => (cell === null ? '–' : printable(String(cell)))));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
