import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { CascadeError } from '../../lib/errors.js';

/** A figure with the interval of the halvings, in percent. */
export interface Figure {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What one method does on one network under one accepted drop. */
export interface MethodFigures {
  readonly saved: Figure;
  /** Beyond the paper's path. */
  readonly ahead: Figure | null;
  /** What is saved of the time, where exits were timed. */
  readonly time: Figure | null;
  readonly promised: Figure | null;
  readonly promisedAhead: Figure | null;
  readonly promisedTime: number | null;
}

/** What `compare` has written of one network. */
export interface ComparedNetwork {
  readonly cascade: string;
  readonly dataset: string;
  readonly exits: string;
  readonly splits: number;
  readonly images: number;
  /** Accepted drops, in points, ascending. */
  readonly drops: readonly number[];
  /** By name, and by drop. */
  readonly methods: ReadonlyMap<string, ReadonlyMap<number, MethodFigures>>;
}

/** The path that all are held against. */
export const REFERENCE = 'paper-path, softmax';

type CsvRow = Readonly<Record<string, string>>;

/** Reads a `compare.csv`. @throws CascadeError if it holds no savings at any drop. */
export async function readComparedNetwork(file: string): Promise<ComparedNetwork> {
  const all = parse(await readFile(file, 'utf8'), { columns: true }) as CsvRow[];
  const rows = all.filter((row) => row['max_drop_points'] !== '' && row['macs_saved_percent'] !== '');
  const [first] = rows;
  if (first === undefined) throw new CascadeError(`${file} holds no savings at any drop; compare again.`);
  const methods = new Map<string, Map<number, MethodFigures>>();
  for (const row of rows) {
    const name = nameOf(row);
    const ofMethod = methods.get(name) ?? new Map<number, MethodFigures>();
    methods.set(name, ofMethod);
    ofMethod.set(Number(row['max_drop_points']), {
      saved: figure(row, 'macs_saved')!,
      ahead: figure(row, 'macs_ahead'),
      time: figure(row, 'predicted_time_saved'),
      promised: figure(row, 'promised_saved'),
      promisedAhead: figure(row, 'promised_ahead'),
      promisedTime: number(row['promised_time_saved_percent']),
    });
  }
  return {
    cascade: first['cascade']!,
    dataset: first['dataset']!,
    exits: first['exits']!,
    splits: Number(first['splits']),
    images: Number(first['images']),
    drops: [...new Set(rows.map((row) => Number(row['max_drop_points'])))].sort((a, b) => a - b),
    methods,
  };
}

/** What other heads on the same exits do by the paper's path, as a method among those of the network. */
const HEADS_NAMES: Readonly<Record<string, string>> = { means: 'class means as heads (E²CM)' };

/**
 * The networks, each with the cascades of other heads on its exits: `<name>-means` goes to `<name>`. They have halvings of the same images;
 * a difference from the paper's path with the heads of the network is not among their figures.
 */
export function withOtherHeads(networks: readonly ComparedNetwork[]): readonly ComparedNetwork[] {
  const endings = Object.keys(HEADS_NAMES);
  const isOther = ({ cascade }: ComparedNetwork): boolean =>
    endings.some((ending) => cascade.endsWith(`-${ending}`));
  return networks
    .filter((network) => !isOther(network))
    .map((network) => {
      const others = endings.flatMap((ending): [string, ReadonlyMap<number, MethodFigures>][] => {
        const figures = networks
          .find(({ cascade }) => cascade === `${network.cascade}-${ending}`)
          ?.methods.get(REFERENCE);
        if (figures === undefined) return [];
        const alone = [...figures].map(
          ([drop, own]) => [drop, { ...own, ahead: null, promisedAhead: null }] as const,
        );
        return [[HEADS_NAMES[ending]!, new Map(alone)]];
      });
      return { ...network, methods: new Map([...network.methods, ...others]) };
    });
}

function nameOf({ method, criterion }: CsvRow): string {
  return criterion === '' ? method! : `${method}, ${criterion}`;
}

function figure(row: CsvRow, quantity: string): Figure | null {
  const [mean, low, high] = ['', '_low', '_high'].map((end) => number(row[`${quantity}${end}_percent`]));
  return mean === null ? null : { mean: mean!, low: low!, high: high! };
}

function number(cell: string | undefined): number | null {
  return cell === undefined || cell === '' ? null : Number(cell);
}
