import { probeMachine } from '../../engine/probe/probe-machine.js';
import { describeDiagnosis, diagnose } from '../../report/describe/describe-doctor.js';
import type { CommandContext, CommonOptions } from '../common/context.js';

/** Tries every engine and prints what this machine can do. */
export async function examine(
  { json }: CommonOptions,
  { print, reporter, signal, version }: CommandContext,
): Promise<void> {
  const { machine, answers } = await probeMachine(reporter, signal);
  const diagnosis = diagnose(machine, answers);
  if (json) print(JSON.stringify({ cascade: version, ...diagnosis }, null, 2));
  else print(`cascade   ${version}\n${describeDiagnosis(diagnosis)}`);
}
