import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { runCascade, startCascade } from '../../support/run-cascade.js';
import { workshop } from '../../support/workshop.js';

/** Noise whose brightness tells its class, which the first block shows as well as any; the backbone's own classifier is random. */
const AUTO = [
  ...['attach', 'backbone.safetensors', '--force-backbone', '--data', 'noise', '--exits', 'auto'],
] as const;

/** Kills an attach as soon as its exits are chosen. @returns the file that the choice is kept in. */
async function killedAfterChoice(folder: string): Promise<string> {
  const child = startCascade(folder, ...AUTO, '--out', 'cut.cascade');
  const ended = once(child, 'close');
  const kept = path.join(folder, 'cut.cascade.partial', 'auto-exits.json');
  while (child.exitCode === null && !existsSync(kept)) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  await ended;
  return kept;
}

test('probes choose first the block after which nothing more is needed', async (t) => {
  const folder = await workshop(t);
  const { code, stdout, stderr } = await runCascade(folder, ...AUTO, '--out', 'a.cascade');
  t.is(code, 0, stderr);
  t.regex(
    stdout,
    /^Exits chosen by probes \(fitted on 200 images, judged on 100 others\) for a drop of 1 points:\n\nexit after +head +MACs with head +probe right +saved with those above\nblock 0 +mlp +49\.6 % +100\.0 % +48\.\d %\n/,
  );
  const { exits } = JSON.parse(await readFile(path.join(folder, 'a.cascade', 'cascade.json'), 'utf8'));
  t.like(exits, [{ block: 0, head: 'mlp' }]);
  for (const left of ['probes', 'auto-exits.json', 'features'])
    t.false(existsSync(path.join(folder, 'a.cascade', left)), left);
});

test('kinds of heads that are named are those chosen among', async (t) => {
  const folder = await workshop(t);
  const { code, stderr } = await runCascade(folder, ...AUTO, '--heads', 'paper', '--out', 'a.cascade');
  t.is(code, 0, stderr);
  const { exits } = JSON.parse(await readFile(path.join(folder, 'a.cascade', 'cascade.json'), 'utf8'));
  t.like(exits, [{ block: 0, head: 'paper' }]);
});

test('an attach that was killed after the choice goes on with it', async (t) => {
  const folder = await workshop(t);
  const kept = await killedAfterChoice(folder);
  const places = JSON.parse(await readFile(kept, 'utf8'));
  t.like(places, [{ block: 0, head: 'mlp' }]);
  // Another choice in its place shows that it is not made again.
  await writeFile(kept, '[{"block":1,"head":"linear"}]');
  await rm(path.join(path.dirname(kept), 'features'), { recursive: true, force: true });
  const { code, stderr, stdout } = await runCascade(folder, ...AUTO, '--out', 'cut.cascade');
  t.is(code, 0, stderr);
  t.notRegex(stdout, /Exits chosen by probes/);
  const { exits } = JSON.parse(await readFile(path.join(folder, 'cut.cascade', 'cascade.json'), 'utf8'));
  t.is(exits.length, 1);
  t.like(exits, [{ block: 1, head: 'linear' }]);
});

test('students are chosen among, too, and one that adds nothing is left out', async (t) => {
  const folder = await workshop(t);
  // After the first block, for half the cost, all is known: a student of nine tenths adds nothing.
  const words = [...AUTO, '--heads', 'input:student@90%,mlp', '--out', 'a.cascade'];
  const { code, stdout, stderr } = await runCascade(folder, ...words);
  t.is(code, 0, stderr);
  t.regex(
    stdout,
    /^Exits chosen by probes and among the fitted students \(fitted on 200 images, judged on 12 others\)/,
  );
  const { exits, members } = JSON.parse(
    await readFile(path.join(folder, 'a.cascade', 'cascade.json'), 'utf8'),
  );
  t.like(exits, [{ block: 0, head: 'mlp' }]);
  t.is(members, undefined);
});

test('a kept choice that is damaged is one sentence', async (t) => {
  const folder = await workshop(t);
  const kept = await killedAfterChoice(folder);
  await writeFile(kept, '[{"block":7,"head":"mlp"}]');
  const { code, stderr } = await runCascade(folder, ...AUTO, '--out', 'cut.cascade', '--quiet');
  t.is(code, 1);
  t.is(
    stderr,
    `cascade: ${path.join('cut.cascade.partial', 'auto-exits.json')} names an exit that was no candidate; delete its folder and attach again.\n`,
  );
});
