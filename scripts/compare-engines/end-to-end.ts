import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { CascadeError } from '../../lib/errors.js';

/** Exits of the cascades that are made. */
const EXITS = '2,5';

/** What comes out at the end with one engine. */
export type EndToEndRow = {
  readonly engine: string;
  /** What fitted the heads. */
  readonly fitted_with: string;
  readonly exits: string;
  readonly full_accuracy_percent: number;
  readonly exit_accuracies_percent: string;
  readonly accuracy_percent: number;
  readonly drop_points: number;
  readonly macs_saved_percent: number;
  readonly exit_shares_percent: string;
};

/** `attach`, `calibrate` and `eval` on CIFAR-10, thresholds for a drop of at most 1 point. */
export async function runEndToEnd(weights: string, engine: string, work: string): Promise<EndToEndRow> {
  const cascade = path.join(work, `${engine}.cascade`);
  const made = run(
    ...['attach', weights, '--data', 'cifar10', '--exits', EXITS, '--out', cascade, '--force'],
    ...['--engine', engine],
  ) as { readonly fit: { readonly backend: string } };
  run('calibrate', cascade, '--max-drop', '1%', '--results', work);
  const evaluation = run('eval', cascade, '--results', work) as {
    readonly full_accuracy_percent: number;
    readonly accuracy_percent: number;
    readonly drop_points: number;
    readonly macs_saved_percent: number;
    readonly exits: readonly { readonly share_percent: number; readonly accuracy_percent: number }[];
  };
  return {
    engine,
    fitted_with: made.fit.backend,
    exits: EXITS,
    full_accuracy_percent: evaluation.full_accuracy_percent,
    exit_accuracies_percent: evaluation.exits.map((exit) => exit.accuracy_percent).join(' '),
    accuracy_percent: evaluation.accuracy_percent,
    drop_points: evaluation.drop_points,
    macs_saved_percent: evaluation.macs_saved_percent,
    exit_shares_percent: evaluation.exits.map((exit) => exit.share_percent).join(' '),
  };
}

/** @returns what the command prints with `--json`. */
function run(...words: readonly string[]): unknown {
  console.error(`$ cascade ${words.join(' ')}`);
  const program = path.join('dist', 'bin', 'cascade.js');
  const { status, stdout } = spawnSync(process.execPath, [program, ...words, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new CascadeError(`cascade ${words[0]} failed.`);
  return JSON.parse(stdout);
}
