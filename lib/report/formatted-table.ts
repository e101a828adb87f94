import { printable } from '../printable.js';
import { renderTable } from './table.js';
import type { TableFormat } from './table-formats.js';

/** Words in the first column, figures in the others; null where there is none. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const NOTHING = '–';

/**
 * A table as text for a terminal, as Markdown or as LaTeX (with the package booktabs).
 *
 * @param width characters that a line of text may have: a wider table goes on below, its first column repeated.
 */
export function formattedTable(table: Table, format: TableFormat, width = Number.POSITIVE_INFINITY): string {
  if (format === 'markdown') return markdownTable(table);
  return format === 'latex' ? latexTable(table) : textTable(table, width);
}

function textTable({ header, rows }: Table, width: number): string {
  const parts: string[] = [];
  for (let first = 1; first < header.length; ) {
    let end = first + 1;
    while (end < header.length && isWithin(width, columnsOf({ header, rows }, first, end + 1))) end++;
    const { header: head, rows: body } = columnsOf({ header, rows }, first, end);
    parts.push(renderTable(head, body));
    first = end;
  }
  return parts.join('\n\n');
}

/** The first column and those from one number to before another. */
function columnsOf({ header, rows }: Table, first: number, end: number): Table {
  const taken = <T>(cells: readonly T[]): readonly T[] => [cells[0]!, ...cells.slice(first, end)];
  return { header: taken(header), rows: rows.map(taken) };
}

function isWithin(width: number, { header, rows }: Table): boolean {
  return renderTable(header, rows)
    .split('\n')
    .every((line) => line.length <= width);
}

function markdownTable({ header, rows }: Table): string {
  const line = (cells: readonly (string | null)[]): string =>
    `| ${cells.map((cell) => printable(cell ?? NOTHING).replaceAll('|', '\\|')).join(' | ')} |`;
  const alignment = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return [line(header), `|${alignment.join('|')}|`, ...rows.map(line)].join('\n');
}

/** What LaTeX reads as more than itself. */
const LATEX_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '–': '--',
  '−': '$-$',
};

function latexTable({ header, rows }: Table): string {
  const escaped = (cell: string | null): string =>
    printable(cell ?? NOTHING).replace(/[\\~^–−&%$#_{}]/g, (sign) => LATEX_ESCAPES[sign] ?? `\\${sign}`);
  const line = (cells: readonly (string | null)[]): string => `${cells.map(escaped).join(' & ')} \\\\`;
  return [
    `\\begin{tabular}{l${'r'.repeat(header.length - 1)}}`,
    '\\toprule',
    line(header),
    '\\midrule',
    ...rows.map(line),
    '\\bottomrule',
    '\\end{tabular}',
  ].join('\n');
}
