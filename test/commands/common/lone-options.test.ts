import test from 'ava';
import { createProgram } from '../../../lib/commands/program.js';
import { CascadeError } from '../../../lib/errors.js';

/** What a command line ends with whose words are wrong by themselves. */
async function refusal(line: string): Promise<CascadeError | undefined> {
  const program = createProgram({ version: '0.0.0', signal: new AbortController().signal });
  return program.parseAsync(line.split(' '), { from: 'user' }).then(
    () => undefined,
    (error: unknown) => (error instanceof CascadeError ? error : undefined),
  );
}

for (const [line, message] of [
  ['eval x --data mnist', '--data goes with --measure; add that, or leave --data out.'],
  ['eval x --data-dir y', '--data-dir goes with --measure; add that, or leave --data-dir out.'],
  ['inspect x.th --data-dir y', '--data-dir goes with --data <name>; add that, or leave --data-dir out.'],
  ['inspect x.th --probe', '--probe goes with --data <name>; add that, or leave --probe out.'],
  ['inspect x.th --backend wasm', '--backend goes with --data <name>; add that, or leave --backend out.'],
  ['inspect x.th --data mnist --results y', '--results goes with --probe; add that, or leave --results out.'],
  [
    'run x y --monitor-state z',
    '--monitor-state goes with --monitor <share>; add that, or leave --monitor-state out.',
  ],
  [
    'run x y --false-alarms 1%',
    '--false-alarms goes with --monitor <share>; add that, or leave --false-alarms out.',
  ],
  [
    'monitor x --max-drop 1%',
    '--max-drop goes with --reference <paths...>; add that, or leave --max-drop out.',
  ],
  ['monitor x --device cuda', '--device goes with --reference <paths...>; add that, or leave --device out.'],
  [
    'attach x.th --data mnist --auto-drop 2%',
    '--auto-drop goes with --exits auto; add that, or leave --auto-drop out.',
  ],
  ['plot x.csv --batch 8', '--batch goes with --x time; add that, or leave --batch out.'],
] as const) {
  test(`an option that would have no effect is refused: ${line}`, async (t) => {
    const error = await refusal(line);
    t.is(error?.message, message);
    t.is(error?.code, 'CASCADE_WRONG_USAGE');
  });
}

test('what an option is anyway may be said, as the record of a run says it', async (t) => {
  const error = await refusal('inspect nowhere.th --results=results --engine=auto');
  t.regex(error!.message, /^nowhere\.th cannot be read/);
});
