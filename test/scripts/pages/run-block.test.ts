import { cpSync } from 'node:fs';
import path from 'node:path';
import test from 'ava';
import { allPages, commandBlocks } from '../../../scripts/pages/blocks.js';
import { furnish, runBlock } from '../../../scripts/pages/run-block.js';
import { type Lifetime, temporaryFolder } from '../../support/run-cascade.js';

const TUTORIAL = path.join('docs', 'tutorial.md');

/** What the tutorial leaves, which stands for the cascade that `npm run demo` makes of the same network and images. */
let afterTutorial: string;

/** Runs those blocks of a page that need nothing but the repository. */
function runPage(page: string, folder: string): number {
  const blocks = commandBlocks(page).filter(({ needs }) => needs.length === 0);
  for (const block of blocks) runBlock(block, folder);
  return blocks.length;
}

async function furnishedFolder(t: Lifetime): Promise<string> {
  const folder = await temporaryFolder(t);
  furnish(folder);
  return folder;
}

const endings: (() => unknown)[] = [];
test.after.always('what the tutorial made is removed', async () => {
  for (const end of endings) await end();
});

test.serial('the tutorial does what it says, from its first command to its last', async (t) => {
  afterTutorial = await furnishedFolder({ teardown: (end) => endings.push(end) });
  t.true(runPage(TUTORIAL, afterTutorial) > 5);
});

for (const page of allPages().filter((name) => name !== TUTORIAL)) {
  const runnable = commandBlocks(page).some(({ needs }) => needs.length === 0);
  if (!runnable) continue;
  test.serial(`the commands of ${page} run in their order`, async (t) => {
    const folder = await furnishedFolder(t);
    for (const name of ['photographs', 'photographs.cascade'])
      cpSync(path.join(afterTutorial, name), path.join(folder, name), { recursive: true });
    cpSync(path.join(afterTutorial, 'photographs.cascade'), path.join(folder, 'demo.cascade'), {
      recursive: true,
    });
    t.true(runPage(page, folder) > 0);
  });
}

test.serial('a block that fails is named with its line and with what its command said', async (t) => {
  const folder = await furnishedFolder(t);
  const block = { page: 'a.md', line: 7, needs: [], script: 'npx cascade eval nowhere.cascade\necho on\n' };
  t.throws(() => runBlock(block, folder), { message: /^a\.md:7 ends with 2:[\s\S]*nowhere\.cascade/ });
});
