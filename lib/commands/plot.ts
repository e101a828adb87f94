import { Command, InvalidArgumentError, Option } from 'commander';
import type { Currency } from '../artifact/timings/prices.js';
import { PICTURE_FORMATS, type PictureFormat } from '../report/plot/picture-formats.js';
import { type CommonOptions, withCommonOptions } from './common/context.js';
import type { Action } from './common/load-body.js';
import { parseBatchSize } from './common/parse.js';

export interface PlotOptions extends CommonOptions {
  readonly out?: string;
  /** SVG and PNG when left out. */
  readonly format?: readonly PictureFormat[];
  /** Centimetres on paper; as wide as a screen wants it when left out. */
  readonly width?: number;
  /** What the front is drawn against; MACs when left out. */
  readonly x?: Currency;
  /** Images at once, where the files have times of several numbers of them. */
  readonly batch?: number;
}

export function plotCommand(plot: Action<[files: readonly string[], options: PlotOptions]>): Command {
  const command = new Command('plot')
    .description(
      'draw what CSV files hold, from them alone: the front of accuracy against MACs or time, comparisons, where images leave, how right exits are by how sure they are, time saved, latency',
    )
    .argument(
      '<csv...>',
      'front.csv, exits.csv, eval.csv, shares.csv, reliability.csv, compare.csv, time.csv, latency.csv or probe.csv, of one or several runs',
    )
    .option(
      '--out <file>',
      'the one picture to write, .svg, .png or .pdf (default: named after what they show, beside the first file)',
    )
    .addOption(
      new Option('--format <names...>', 'formats of the pictures (default: svg png)').choices(
        PICTURE_FORMATS,
      ),
    )
    .option(
      '--width <length>',
      'width on paper, such as 8.5cm, with texts of 7 points and the title left to the caption, which is printed',
      parseWidth,
    )
    .addOption(
      new Option('--x <currency>', 'what accuracy is drawn against; time is drawn beside, as front-time')
        .choices(['macs', 'time'] satisfies readonly Currency[])
        .default('macs'),
    )
    .option(
      '--batch <images>',
      'with --x time: images at once, where the files have times of several numbers of them',
      parseBatchSize,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  cascade plot results/r56/*.csv\n  cascade plot results/r56/*.csv --x time\n  cascade plot results/r20/*.csv results/r56/*.csv --format pdf --width 8.5cm\n  cascade plot results/r56/shares.csv --out shares.pdf',
    );
  return withCommonOptions(command, { json: false }).action(plot);
}

/** Narrower, texts of 7 points fill a picture; wider than any sheet. */
const [NARROWEST, WIDEST] = [6, 84];

/** A length of print in centimetres: `8.5cm`, `85mm`, `3.35in`. */
export function parseWidth(text: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(cm|mm|in)$/.exec(text.trim());
  if (match === null) throw new InvalidArgumentError('Write it as 8.5cm, 85mm or 3.35in.');
  const unit = { cm: 1, mm: 0.1, in: 2.54 }[match[2] as 'cm' | 'mm' | 'in'];
  const centimetres = Number((Number(match[1]) * unit).toFixed(4));
  if (centimetres < NARROWEST || centimetres > WIDEST)
    throw new InvalidArgumentError(`Write a width from ${NARROWEST}cm to ${WIDEST}cm.`);
  return centimetres;
}
