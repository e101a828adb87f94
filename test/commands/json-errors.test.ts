import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { failureOf, failureText } from '../../lib/commands/common/failure.js';
import { CascadeError, EXIT_CODE } from '../../lib/errors.js';
import { runCascade, temporaryFolder } from '../support/run-cascade.js';

/** A command line that fails, and its error as an object. */
const FAILURES: readonly (readonly [words: string, message: RegExp, code: string, exitCode: number])[] = [
  ['eval nowhere.cascade', /^nowhere\.cascade is not there; make one with /, 'CASCADE_WRONG_USAGE', 2],
  ['eval .', /^\. is not a cascade; make one with /, 'CASCADE_FAILED', 1],
  ['fetch resnet56-cifr10', /did you mean resnet56-cifar10\?$/, 'CASCADE_WRONG_USAGE', 2],
  ['eval nowhere.cascade --maxdrop 1%', /^unknown option '--maxdrop'/, 'CASCADE_WRONG_USAGE', 2],
  ['eval', /^missing required argument 'cascade'; see `cascade eval --help`\.$/, 'CASCADE_WRONG_USAGE', 2],
  ['evla', /^unknown command 'evla' \(Did you mean eval\?\); see/, 'CASCADE_WRONG_USAGE', 2],
  ['calibrate x --max-drop 7', /argument '7' is invalid\. Write 7% or 0\.07; see/, 'CASCADE_WRONG_USAGE', 2],
];

for (const [words, message, code, exitCode] of FAILURES) {
  test(`with --json the error of \`cascade ${words}\` is one object on standard error`, async (t) => {
    const folder = await temporaryFolder(t);
    const run = await runCascade(folder, ...words.split(' '), '--json');
    t.is(run.code, exitCode);
    t.is(run.stdout, '');
    t.regex(run.stderr, /^[^\n]+\n$/);
    const { error, ...others } = JSON.parse(run.stderr);
    t.deepEqual(others, {});
    t.like(error, { code, exit_code: exitCode });
    t.regex(error.message, message);
    t.deepEqual(Object.keys(error), ['message', 'code', 'exit_code']);
  });
}

test('without --json the same error is a sentence', async (t) => {
  const { stderr } = await runCascade(await temporaryFolder(t), 'eval', 'nowhere.cascade');
  t.regex(stderr, /^cascade: nowhere\.cascade is not there; [^\n]+\.\n$/);
});

test('behind notes the error is the last line', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(path.join(folder, 'weights.th'), 'no weights');
  const { stderr } = await runCascade(folder, 'inspect', 'weights.th', '--json', '--debug');
  const lines = stderr.trimEnd().split('\n');
  t.true(lines.length > 1, 'the stack trace comes first');
  t.is(JSON.parse(lines.at(-1)!).error.exit_code, 1);
});

test('an alarm and an interruption are told apart by their codes', (t) => {
  for (const [exitCode, code] of [
    [EXIT_CODE.alarm, 'CASCADE_ALARM'],
    [EXIT_CODE.interrupted, 'CASCADE_INTERRUPTED'],
  ] as const) {
    const text = failureText(failureOf(new CascadeError('as said.', exitCode)), ['run', '--json']);
    t.is(text, `{"error":{"message":"as said.","code":"${code}","exit_code":${exitCode}}}\n`);
  }
});

test('what the system refused to write is said of the file, whoever wrote it', (t) => {
  const error = Object.assign(new Error("ENOSPC: no space left on device, mkdir '/a/b'"), {
    ...{ code: 'ENOSPC', syscall: 'mkdir', path: '/a/b' },
  });
  t.is(failureText(failureOf(error), []), 'cascade: /a/b cannot be written: no space left on device.\n');
});

test('anything else that was not foreseen says how to see more', (t) => {
  t.is(
    failureText(failureOf(new TypeError('x is not a function\nat y')), []),
    'cascade: unexpected failure: x is not a function (add --debug for the stack trace)\n',
  );
});
