import { Command } from 'commander';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';

export function doctorCommand(run: RunCommand): Command {
  const command = new Command('doctor')
    .description('what this machine can run networks on, measured; what cannot be used, why, and what to do')
    .addHelpText('after', '\nExample:\n  cascade doctor');
  return withCommonOptions(command).action((options: CommonOptions) =>
    run((context) => examine(options, context), options),
  );
}

async function examine({ json }: CommonOptions, context: CommandContext): Promise<void> {
  const { print, reporter, signal, version } = context;
  const { CANDIDATES } = await import('../engine/probe/candidates.js');
  const { describeMachine } = await import('../engine/probe/machine.js');
  const { probeCandidate } = await import('../engine/probe/probe-candidate.js');
  const { describeDiagnosis, diagnose } = await import('../report/describe-doctor.js');
  const bar = reporter.bar('Trying engines', CANDIDATES.length);
  const found: Parameters<typeof diagnose>[1][number][] = [];
  try {
    // One after another: they would take the cores from each other.
    for (const candidate of CANDIDATES) {
      found.push([candidate, await probeCandidate(candidate, signal)]);
      bar.update(found.length);
    }
  } finally {
    bar.stop();
  }
  const diagnosis = diagnose(await describeMachine(), found);
  if (json) print(JSON.stringify({ cascade: version, ...diagnosis }, null, 2));
  else print(`cascade   ${version}\n${describeDiagnosis(diagnosis)}`);
}
