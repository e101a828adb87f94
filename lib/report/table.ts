import Table from 'cli-table3';
import { counted } from '../counted.js';
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

/** More rows than anybody reads; the library's time grows with their square. */
const MOST_ROWS = 2000;

/** Rows under a header, columns aligned: the first ones, which hold words, to the left, numbers to the right. Of very many rows the first. */
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
  for (const row of rows.slice(0, MOST_ROWS))
    table.push(row.map((cell) => (cell === null ? '–' : printable(String(cell)))));
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const left = rows.length - MOST_ROWS;
  return (left > 0 ? [...lines, `… (${counted(left, 'more row')})`] : lines).join('\n');
}
