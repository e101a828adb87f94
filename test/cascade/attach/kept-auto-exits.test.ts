import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { AttachContext } from '../../../lib/cascade/attach/attach-context.js';
import {
  type AttachedExits,
  AUTO_EXITS_FILE,
  keptAutoExits,
} from '../../../lib/cascade/attach/kept-auto-exits.js';
import type { StudentMember } from '../../../lib/cascade/attach/networks/fit-students.js';
import { randomBackbone } from '../../../lib/network/random-network.js';
import { readsOrRefuses } from '../../support/mutations.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const CANDIDATES = [2, 5].flatMap((block) =>
  (['linear', 'mlp'] as const).map((head) => ({
    cut: { block, value: `block${block}`, shape: [8, 4, 4], macs: 1000 * block },
    head,
  })),
);
const STUDENTS = ['student-6', 'student-10'].map((name) => ({ name }) as StudentMember);
const KEPT = [{ student: 'student-10' }, { block: 2, head: 'mlp' }, { block: 5, head: 'linear' }];

/** A folder in which an interrupted run kept exits, and what another run goes on with there: it opens no images. */
async function interrupted(t: ExecutionContext, kept: unknown) {
  const work = await temporaryFolder(t);
  const file = path.join(work, AUTO_EXITS_FILE);
  await writeFile(file, JSON.stringify(kept));
  const context = { work, options: {} } as unknown as AttachContext;
  const goOn = (): Promise<AttachedExits> =>
    keptAutoExits(randomBackbone(3), CANDIDATES, STUDENTS, 0.01, context);
  return { file, goOn };
}

test('an interrupted run goes on with the exits that it has chosen', async (t) => {
  const { goOn } = await interrupted(t, KEPT);
  const { students, places } = await goOn();
  t.deepEqual(students, [STUDENTS[1]!]);
  t.deepEqual(places, [CANDIDATES[1]!, CANDIDATES[2]!]);
});

test('an exit that was no candidate is refused by the file that names it', async (t) => {
  const { file, goOn } = await interrupted(t, [{ block: 3, head: 'mlp' }]);
  await t.throwsAsync(goOn(), {
    message: `${file} names an exit that was no candidate; delete its folder and attach again.`,
  });
});

test('changed exits are understood or refused in one sentence', async (t) => {
  const { file, goOn } = await interrupted(t, KEPT);
  await readsOrRefuses(t, file, goOn);
});
