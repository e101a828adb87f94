import { type Command, Option } from 'commander';
import type { Choices } from '../../weights/families/open-choices.js';
import type { ReadingOptions } from '../../weights/read-network.js';

/** How a command's user says which network of a file is meant, and what its weights leave open. */
export interface ReadingCommandOptions extends Partial<Choices> {
  readonly key?: string;
}

export function withReadingOptions(command: Command): Command {
  return command
    .option(
      '--key <name>',
      'which tensors of a checkpoint, e.g. state_dict_ema or ema.model (default: those that are a network)',
    )
    .addOption(
      new Option(
        '--stem-pool <kind>',
        'whether a max-pool ends a 3x3 stem, where weights cannot tell (default: none)',
      ).choices(['none', 'max']),
    )
    .addOption(
      new Option(
        '--option-a <sides>',
        'where option A puts its zero channels, where weights cannot tell (default: both)',
      ).choices(['both', 'end']),
    )
    .addOption(
      new Option(
        '--stride <convolution>',
        'which convolution of a bottleneck has its stride, where weights cannot tell (default: 3x3)',
      ).choices(['3x3', '1x1']),
    )
    .addOption(
      new Option(
        '--padding <kind>',
        'whether a network pads as TensorFlow or evenly, where weights cannot tell (default: same)',
      ).choices(['same', 'even']),
    )
    .addOption(
      new Option(
        '--stem-stride <stride>',
        "1 for a MobileNetV2 that is made for CIFAR's images, where weights cannot tell (default: 2)",
      ).choices(['2', '1']),
    );
}

export function readingOptions({
  key,
  stemPool,
  optionA,
  stride,
  padding,
  stemStride,
}: ReadingCommandOptions): ReadingOptions {
  return {
    ...(key === undefined ? {} : { key }),
    choices: {
      ...(stemPool === undefined ? {} : { stemPool }),
      ...(optionA === undefined ? {} : { optionA }),
      ...(stride === undefined ? {} : { stride }),
      ...(padding === undefined ? {} : { padding }),
      ...(stemStride === undefined ? {} : { stemStride }),
    },
  };
}
