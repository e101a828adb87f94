import test from 'ava';
import { CascadeError, EXIT_CODE, systemReason, usageError } from '../lib/errors.js';

test('what failed, was asked for wrongly and was interrupted is told apart by a code', (t) => {
  const codes = Object.values(EXIT_CODE)
    .filter((exitCode) => exitCode !== EXIT_CODE.done)
    .map((exitCode) => [exitCode, new CascadeError('x', exitCode).code]);
  t.deepEqual(codes, [
    [1, 'CASCADE_FAILED'],
    [2, 'CASCADE_WRONG_USAGE'],
    [3, 'CASCADE_ALARM'],
    [130, 'CASCADE_INTERRUPTED'],
    [143, 'CASCADE_INTERRUPTED'],
  ]);
});

test('an error of which nothing else is said is a failure, with the cause it is given', (t) => {
  const cause = new Error('below');
  const error = new CascadeError('Above.', undefined, { cause });
  t.true(error instanceof Error);
  t.is(error.code, 'CASCADE_FAILED');
  t.is(error.exitCode, 1);
  t.is(error.cause, cause);
  t.is(`${error}`, 'CascadeError: Above.');
});

test('a wrong option is wrong usage', (t) => {
  const error = usageError('No.');
  t.is(error.code, 'CASCADE_WRONG_USAGE');
  t.is(error.exitCode, 2);
});

test('a name in a message moves no cursor and breaks no line', (t) => {
  t.notRegex(new CascadeError('a\u001b[2Jb\nc').message, /\p{Cc}/u);
});

test("of a failed file operation the system's own words are said, without code and path", (t) => {
  const error = new Error("ENOENT: no such file or directory, open '/x'");
  t.is(systemReason(error), 'no such file or directory');
  t.is(systemReason('plain'), 'plain');
});
