import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { z } from 'zod';
import { CascadeError } from '../../lib/errors.js';
import { fitting, readLayout, readLayoutIfThere } from '../../lib/files/json-layout.js';
import { temporaryFolder } from '../support/run-cascade.js';

const LAYOUT = {
  schema: z.strictObject({ schema: z.int(), exits: z.array(z.strictObject({ macs: z.int().min(1) })) }),
  version: 2,
  remedy: 'attach again',
};

test('what fits is given back, and what does not names the file, the field and what to do', (t) => {
  const good = { schema: 2, exits: [{ macs: 3 }] };
  t.deepEqual(fitting(good, LAYOUT, 'f.json'), good);
  const refused = (content: unknown, message: string | RegExp): void => {
    t.throws(() => fitting(content, LAYOUT, 'f.json'), { instanceOf: CascadeError, message });
  };
  refused(
    { schema: 2, exits: [{ macs: 1 }, { macs: 'x' }] },
    'f.json is damaged (exits.1.macs: it must be a number, not "x"); attach again.',
  );
  refused({ schema: 2 }, /^f\.json is damaged \(exits: .*\); attach again\.$/);
  refused({ schema: 2, exits: [], more: 1 }, /^f\.json is damaged \(.*more.*\); attach again\.$/);
});

test('a newer version is called that, whatever else it holds', (t) => {
  t.throws(() => fitting({ schema: 3 }, LAYOUT, 'f.json'), {
    message: 'f.json has schema 3 and this cascade reads up to 2; install a newer cascade.',
  });
});

test('a fault that quotes the file is cut', (t) => {
  const content = { schema: 2, exits: [], ['x'.repeat(10_000)]: 1 };
  const { message } = t.throws(() => fitting(content, LAYOUT, 'f.json'));
  t.true(message.length < 300, message);
});

test('a file that is not there is none, or what the caller says', async (t) => {
  const file = path.join(await temporaryFolder(t), 'f.json');
  t.is(await readLayoutIfThere(file, LAYOUT), undefined);
  await t.throwsAsync(readLayout(file, LAYOUT, 'there is none'), { message: 'there is none.' });
  await writeFile(file, '{"schema": 2, "exits": []');
  await t.throwsAsync(readLayoutIfThere(file, LAYOUT), {
    instanceOf: CascadeError,
    message: `${file} is not valid JSON; it was damaged or edited by hand.`,
  });
  await writeFile(file, '3');
  await t.throwsAsync(readLayoutIfThere(file, LAYOUT), {
    message: `${file} holds no object; it was damaged or edited by hand.`,
  });
});
