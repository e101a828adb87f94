import { type Command, InvalidArgumentError } from 'commander';
import { parsePercentage, parseSeed } from './parse.js';

/** How a monitor's state is begun. */
export interface MonitorBeginOptions {
  readonly falseAlarms?: number;
  readonly monitorSeed?: number;
}

/** @param when said in front, e.g. `with --monitor: `. */
export function withMonitorOptions(command: Command, when: string): Command {
  return command
    .option(
      '--false-alarms <share>',
      `${when}probability with which images that have not changed ever raise the alarm, at most (default: 5%)`,
      parseSomeShare,
    )
    .option(
      '--monitor-seed <number>',
      `${when}seed of the choice of the images that are checked (default: 0)`,
      parseSeed,
    );
}

/** A share of which something is left on either side, down to a millionth. */
function parseSomeShare(text: string): number {
  const share = parsePercentage(text);
  if (share < 1e-6 || share > 1 - 1e-6) throw new InvalidArgumentError('Write it as 5% or 0.05.');
  return share;
}

/** A share of the images, down to a millionth. */
export function parseCheckedShare(text: string): number {
  const share = parsePercentage(text);
  if (share < 1e-6) throw new InvalidArgumentError('Write it as 1% or 0.01.');
  return share;
}
