import { readFile } from 'node:fs/promises';
import test from 'ava';
import { parse } from 'yaml';
import { z } from 'zod';

const text = z.string().min(1);

/** The keys that the Citation File Format 1.2.0 requires, and those of the others that are written. */
const CITATION = z.strictObject({
  'cff-version': z.literal('1.2.0'),
  message: text,
  title: text,
  authors: z.array(z.strictObject({ name: text })).min(1),
  type: z.enum(['software', 'dataset']).optional(),
  version: text.optional(),
  license: text.optional(),
  abstract: text.optional(),
  keywords: z.array(text).min(1).optional(),
});

test('CITATION.cff is valid, and cites the version and the license of the package', async (t) => {
  const { version, license, author } = JSON.parse(await readFile('package.json', 'utf8')) as Record<
    string,
    string
  >;
  const citation = CITATION.parse(parse(await readFile('CITATION.cff', 'utf8')));
  t.is(citation.version, version);
  t.is(citation.license, license);
  t.deepEqual(citation.authors, [{ name: 'The cascade authors' }]);
  t.is(author, 'The cascade authors');
});
