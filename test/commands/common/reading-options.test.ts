import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { cifarResNet } from '../../../lib/network/architectures/resnet-cifar.js';
import { parameterShapes } from '../../../lib/network/parameter-shapes.js';
import type { Tensor } from '../../../lib/network/tensor.js';
import { writeSafetensors } from '../../../lib/weights/safetensors.js';
import { runCascade } from '../../support/run-cascade.js';
import { noisyParameter } from '../../weights/noise.js';

let folder: string;

/** The networks of a student and its teacher in one file. */
function studentAndTeacher(): Map<string, Tensor> {
  const graph = cifarResNet({ inputShape: [3, 8, 8], classes: 3, blocksPerStage: 1, shortcut: 'A' });
  return new Map(
    ['student', 'teacher'].flatMap((owner) =>
      [...parameterShapes(graph)].map(([name, shape]) => [`${owner}.${name}`, noisyParameter(name, shape)]),
    ),
  );
}

test.before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cascade-reading-'));
  await writeFile(path.join(folder, 'two.safetensors'), writeSafetensors(studentAndTeacher()));
});

test.after.always(() => rm(folder, { recursive: true }));

const CHOICE = 'two.safetensors holds 2 networks: that under student is read, not teacher (--key chooses).\n';
const ASSUMPTION =
  'The weights cannot tell on which sides option A puts its zero channels: --option-a both is assumed (else end).\n';

test('inspect says which of several networks it reads, and what it assumes, beside its result', async (t) => {
  const { code, stdout, stderr } = await runCascade(folder, 'inspect', 'two.safetensors');
  t.is(code, 0);
  t.is(stderr, CHOICE + ASSUMPTION);
  t.regex(stdout, /^ResNet-8 \(6n\+2, option A\): 3 classes/);
});

test('inspect has nothing to note once --key and --option-a tell', async (t) => {
  const words = ['two.safetensors', '--key', 'teacher', '--option-a', 'end'];
  const { stdout, stderr } = await runCascade(folder, 'inspect', ...words);
  t.is(stderr, '');
  t.regex(stdout, /^ResNet-8 \(6n\+2, option A, zeros at the end\): 3 classes/);
});

test('a key that leads nowhere and an option that does not apply are wrong usage', async (t) => {
  for (const words of [
    ['--key', 'ema'],
    ['--key', 'student', '--stem-pool', 'max'],
  ]) {
    const { code, stderr } = await runCascade(folder, 'inspect', 'two.safetensors', ...words);
    t.is(code, 2);
    t.regex(stderr, /^cascade: --(key ema leads to no tensors|stem-pool says whether) .*\.\n$/);
  }
});
