import test from 'ava';
import { z } from 'zod';
import { plainFault } from '../../lib/files/plain-fault.js';

const saidOf = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value, { error: plainFault }).error?.issues[0]?.message;

test('what is allowed is listed as it is written in the file, and what stands there is named', (t) => {
  t.is(saidOf(z.enum(['a', 'b']), 'c'), 'it must be one of a, b, not "c"');
  t.is(saidOf(z.literal([1, 3]), 4), 'it must be one of 1, 3, not 4');
  t.is(saidOf(z.literal('a'), null), 'it must be a, not null');
});

test('a field that is missing is said to be missing', (t) => {
  t.is(saidOf(z.object({ a: z.string() }), {}), 'it is missing; it must be text');
  t.is(saidOf(z.object({ a: z.enum(['x', 'y']) }), {}), 'it is missing; it must be one of x, y');
});

test('values of another kind and numbers that are too large are said in English', (t) => {
  t.is(saidOf(z.array(z.number()), { a: 1 }), 'it must be a list, not {"a":1}');
  t.is(saidOf(z.int(), 1.5), 'it must be a whole number, not 1.5');
  t.is(saidOf(z.number().max(3), 4), 'it must be at most 3');
  t.is(saidOf(z.number().positive(), 0), 'it must be more than 0');
  t.is(saidOf(z.array(z.number()).min(2), [1]), 'it must have at least 2');
  t.is(saidOf(z.union([z.number(), z.array(z.number())]), 'x'), 'it has none of the forms that are read');
});

test('a value of any depth is named', (t) => {
  const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  t.is(saidOf(z.string(), deep), 'it must be text, not [[[["…"]]]]');
});

test('a schema that has its own words for a fault keeps them', (t) => {
  t.is(saidOf(z.string().regex(/^a$/, 'it must be a'), 'b'), 'it must be a');
});
