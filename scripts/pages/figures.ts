import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

/** What holds no figures of the text itself: blocks, tables that are made, and numbers of papers. */
const ELSEWHERE = /^```[\s\S]*?^```$|<!-- table: [\s\S]*?<!-- end of table -->|arXiv [\d.]+/gm;

/** What stands in backticks. */
const QUOTED = /`([^`]*)`/g;

/** A paragraph or list item of a page, and the results that it names as the source of its figures. */
export interface FigureParagraph {
  readonly text: string;
  /** Decimals as they are written. */
  readonly figures: readonly string[];
  /** CSV files, and folders that hold some. */
  readonly sources: readonly string[];
}

/** @param page text of a page. */
export function figureParagraphs(page: string): readonly FigureParagraph[] {
  return page
    .replace(ELSEWHERE, '')
    .split(/\n\n|\n(?=- )/)
    .map((text) => ({
      text,
      figures: [...text.replace(QUOTED, '').matchAll(/(?<![\d.,])\d+\.\d+(?![\d.]|e-)/g)].map(([it]) => it),
      sources: [...text.matchAll(QUOTED)].flatMap(([, quoted]) => csvFilesOf(quoted!)),
    }))
    .filter(({ figures }) => figures.length > 0);
}

/** The figures of a paragraph that no cell of its sources gives, rounded to as many digits. */
export function strayFigures({ figures, sources }: FigureParagraph): readonly string[] {
  const values = sources.flatMap(numbersIn);
  return figures.filter((figure) => {
    const digits = figure.split('.')[1]!.length;
    // Halves are rounded up or to even.
    return !values.some((value) => Math.abs(Math.abs(value) - Number(figure)) <= 0.5 * 10 ** -digits + 1e-9);
  });
}

function csvFilesOf(source: string): readonly string[] {
  if (!source.startsWith('results/') || !existsSync(source)) return [];
  if (source.endsWith('.csv')) return [source];
  if (!statSync(source).isDirectory()) return [];
  return readdirSync(source)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => path.join(source, name));
}

function numbersIn(file: string): readonly number[] {
  const rows = parse(readFileSync(file)) as string[][];
  return rows.flat().map(Number).filter(Number.isFinite);
}
