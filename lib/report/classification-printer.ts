import type { Classification } from '../cascade/classify-files.js';
import { grouped } from '../counted.js';
import { csvText } from './csv.js';
import { renderTable } from './table.js';

/** Prints results as they come. */
export interface ClassificationPrinter {
  add(result: Classification): void;
  /** Prints what was still held back. */
  end(): void;
}

/** Rows of a table that share one header and its widths; more begin another, so that no stream is held back until its end. */
const TABLE_ROWS = 1000;

const HEADER = ['image', 'class', 'probability', 'left at', 'MACs'];

/** The column of streams that are watched: it marks images whose MACs are those of the full network too. */
const CHECKED = 'checked';

/** @param print takes a text without its final line break. */
export function classificationPrinter(
  format: 'table' | 'csv' | 'json' | 'jsonl',
  print: (text: string) => void,
): ClassificationPrinter {
  switch (format) {
    case 'jsonl':
      return { add: (result) => print(JSON.stringify(result)), end: () => {} };
    case 'json':
      return jsonPrinter(print);
    case 'csv': {
      let header = true;
      return {
        add: (result) => {
          print(csvText([result], { header }).trimEnd());
          header = false;
        },
        end: () => {},
      };
    }
    case 'table':
      return tablePrinter(print);
  }
}

/** One array, as `JSON.stringify` indents it. */
function jsonPrinter(print: (text: string) => void): ClassificationPrinter {
  let last: string | undefined;
  return {
    add: (result) => {
      print(last === undefined ? '[' : `${last},`);
      last = JSON.stringify(result, null, 2).replace(/^/gm, '  ');
    },
    end: () => print(last === undefined ? '[]' : `${last}\n]`),
  };
}

function tablePrinter(print: (text: string) => void): ClassificationPrinter {
  let rows: string[][] = [];
  let header = HEADER;
  const end = (): void => {
    if (rows.length > 0) print(renderTable(header, rows));
    rows = [];
  };
  return {
    add: (result) => {
      const { checked } = result;
      if (checked !== undefined) header = [...HEADER, CHECKED];
      rows.push([
        result.image,
        result.class_name,
        `${result.probability_percent.toFixed(1)} %`,
        result.left_at,
        grouped(result.macs),
        ...(checked === undefined ? [] : [checked ? 'yes' : '']),
      ]);
      if (rows.length === TABLE_ROWS) end();
    },
    end,
  };
}
