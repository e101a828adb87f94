import { betterReading, isBetterThanChance, isClearlyBehind } from '../../cascade/backbone/choose-reading.js';
import {
  accuracyOf,
  isOneClass,
  meanLogLikelihood,
  type ReadingChoice,
  type TriedReading,
} from '../../cascade/backbone/reading.js';
import { counted } from '../../counted.js';
import type { Normalization } from '../../network/input/pixel-input.js';
import { percent } from '../../stats/percent.js';
import { type ChoiceName, OPEN_CHOICES } from '../../weights/families/open-choices.js';
import { renderTable } from '../table.js';

/** A reading that was tried, as JSON shows it. */
export interface ReadingRow {
  readonly normalization: string;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly channels: string;
  /** Values of what the weights leave open, by the option that sets them: `option_a` for `--option-a`. */
  readonly open_choices: Readonly<Record<string, string>>;
  /** Fitting images that it was tried on. */
  readonly images: number;
  /** Mean of the natural logarithms of the probabilities of their classes. */
  readonly log_likelihood: number;
  readonly accuracy_percent: number;
  readonly chosen: boolean;
}

/** All readings that were tried, in their order. */
export function readingRows(choice: ReadingChoice): readonly ReadingRow[] {
  return choice.tried.map((tried) => {
    const { name, normalization, variant } = tried.reading;
    const { mean, std, channels = 'rgb' } = normalization;
    return {
      normalization: name,
      ...{ mean, std, channels },
      open_choices: Object.fromEntries(
        [...variant.openChoices].map(([choice, value]) => [keyOf(OPEN_CHOICES[choice].option), value]),
      ),
      images: tried.answers.length,
      log_likelihood: Number(meanLogLikelihood(tried).toPrecision(4)),
      accuracy_percent: percent(accuracyOf(tried, choice.labels)),
      chosen: tried === choice.chosen,
    };
  });
}

function keyOf(option: string): string {
  return option.replace(/^--/, '').replaceAll('-', '_');
}

function optionWords([key, value]: [string, string]): string {
  return `--${key.replaceAll('_', '-')} ${value}`;
}

/** The same as a table. */
export function readingTable(rows: readonly ReadingRow[]): string {
  return renderTable(
    ['pixels normalised by', 'fitting images', 'log-likelihood', 'right', ''],
    rows.map((row) => [
      [row.normalization, ...Object.entries(row.open_choices).map(optionWords)].join(', '),
      row.images,
      signed(row.log_likelihood),
      `${row.accuracy_percent.toFixed(1)} %`,
      row.chosen ? 'chosen' : '',
    ]),
  );
}

/** What is assumed of the pixels and of what the weights leave open, and what labelled images say of it, a sentence or two each. */
export function describeReading(choice: ReadingChoice): string {
  return [describePixels(choice), ...describeOpenChoices(choice)].join(' ');
}

function describeOpenChoices(choice: ReadingChoice): readonly string[] {
  const { chosen, labels } = choice;
  return [...chosen.reading.variant.openChoices].flatMap(([name, value]) => {
    const { option, question } = OPEN_CHOICES[name];
    const others = choice.tried.filter((each) => valueIn(each, name) !== value);
    const [rival] = others.toSorted((a, b) => meanLogLikelihood(b) - meanLogLikelihood(a));
    // The user has said it, or these very weights are known.
    if (rival === undefined) return [];
    const against = `${option} ${valueIn(rival, name)}, which has ${figuresOf(rival, choice)} on ${counted(rival.answers.length, 'image')}`;
    return isBetterThanChance(chosen, labels) && others.every((each) => isClearlyBehind(each, chosen))
      ? [`The images tell ${question}: ${option} ${value}, not ${against}.`]
      : [`Neither weights nor images tell ${question}: ${option} ${value} is assumed, not ${against}.`];
  });
}

function valueIn({ reading }: TriedReading, name: ChoiceName): string | undefined {
  return reading.variant.openChoices.get(name);
}

function describePixels(choice: ReadingChoice): string {
  const { chosen, best, usual, labels } = choice;
  const { name, normalization } = chosen.reading;
  const figures = `${figuresOf(chosen, choice)} on ${counted(labels.length, 'fitting image')}`;
  const start = `Pixels are normalised by ${name} (${optionsOf(normalization)}): ${figures}`;
  if (chosen.reading.name !== usual.reading.name)
    return `${start}, against ${figuresOf(usual, choice)} by ${usual.reading.name}.`;
  const [rival] = choice.tried.filter(
    (each) => each !== chosen && each.reading.variant === chosen.reading.variant,
  ) as [TriedReading, ...TriedReading[]];
  const better = betterReading(choice);
  if (better !== undefined)
    return `${start}; ${better.reading.name} would do clearly better: ${figuresOf(better, choice)} (${optionsOf(better.reading.normalization)}).`;
  if (isOneClass(labels)) return `${start}; images of one class cannot tell what is better.`;
  if (!isBetterThanChance(best, labels)) return `${start}; nothing that was tried is better than chance.`;
  const seen = rival.answers.length === labels.length ? '' : ` on ${rival.answers.length} of them`;
  const difference = isClearlyBehind(rival, chosen) ? '' : ', no clear difference';
  return `${start}, against ${figuresOf(rival, choice)}${seen} by ${rival.reading.name}${difference}.`;
}

function figuresOf(tried: TriedReading, { labels }: ReadingChoice): string {
  return `log-likelihood ${signed(meanLogLikelihood(tried))} and ${(100 * accuracyOf(tried, labels)).toFixed(1)} % right`;
}

/** As the options of `attach` take it. */
function optionsOf({ mean, std, channels }: Normalization): string {
  const written = (numbers: readonly number[]): string =>
    numbers.map((number) => Number(number.toPrecision(6))).join(',');
  return `--mean ${written(mean)} --std ${written(std)}${channels === 'bgr' ? ' --channels bgr' : ''}`;
}

/** Two significant digits and a true minus: log-likelihoods of networks that are nearly always right are tiny. */
function signed(value: number): string {
  const size = Math.abs(value) < 0.1 ? Number(value.toPrecision(2)) : Number(value.toFixed(2));
  return String(size).replace('-', '−');
}
