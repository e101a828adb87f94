import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Currency } from '../../artifact/timings/prices.js';
import { type EngineOptions, withEngineOptions } from './engine-options.js';
import { parseBatchSize, parsePercentage } from './parse.js';

/** Options of every command that reports times, by what `cascade measure` has read. */
export interface TimingOptions extends EngineOptions {
  readonly batch?: number;
}

/** Options of every command that chooses by what exits cost. */
export interface CostOptions extends TimingOptions {
  /** MACs when left out, unless a budget says otherwise. */
  readonly cost?: Currency;
}

const BATCH = [
  '--batch <images>',
  'batch size of the measurement whose times are reported (default: 1)',
] as const;

/** For commands that take the options of engines anyway. */
export function withTimingOptions(command: Command): Command {
  return command.option(...BATCH, parseBatchSize);
}

export function withCostOptions(command: Command): Command {
  command
    .addOption(
      new Option(
        '--cost <currency>',
        'what to save: MACs, or the time that cascade measure has measured (default: macs)',
      ).choices(['macs', 'time'] satisfies readonly Currency[]),
    )
    .option(...BATCH, parseBatchSize);
  return withEngineOptions(command, 'of the measurement: ');
}

/** A budget of time: a share of the full network's, or milliseconds for one image. */
export type TimeBudget = { readonly share: number } | { readonly milliseconds: number };

/** In milliseconds; a microsecond is written with either of two signs. */
const UNITS: Readonly<Record<string, number>> = { s: 1000, ms: 1, us: 1e-3, µs: 1e-3, μs: 1e-3 };

/** `60%`, `1.2ms`, `800us`, `0.1s`. */
export function parseTimeBudget(text: string): TimeBudget {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(%|s|ms|us|µs|μs)$/.exec(text.trim());
  if (match === null) throw new InvalidArgumentError('Write it as 1.2ms, 800us, 0.1s, or 60%.');
  const [, number, unit] = match;
  return unit === '%' ? { share: parsePercentage(text) } : { milliseconds: Number(number) * UNITS[unit!]! };
}
