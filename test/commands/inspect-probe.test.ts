import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { runCascade } from '../support/run-cascade.js';
import { workshop } from '../support/workshop.js';

const INSPECT = ['inspect', 'backbone.safetensors', '--probe'] as const;

test('inspect --probe shows what probes have right, and writes their CSV file and pictures', async (t) => {
  const folder = await workshop(t);
  const { code, stdout, stderr } = await runCascade(folder, ...INSPECT, '--data', 'noise');
  t.is(code, 0, stderr);
  t.regex(stdout, /Probes, fitted on 200 of the fitting images; right among 100 others:/);
  t.regex(stdout, /exit after +MACs with linear +right +MACs with mlp +right\nblock 0 /);
  t.regex(stdout, /\nfull network +100\.0 % .*\n\nA probe is weaker than the fitted head/);
  const results = path.join(folder, 'results', 'backbone');
  t.deepEqual((await readdir(results)).sort(), ['inspect.run.json', 'probe.csv', 'probe.png', 'probe.svg']);
  const [header, ...rows] = (await readFile(path.join(results, 'probe.csv'), 'utf8')).trim().split('\n');
  t.is(
    header,
    'backbone,dataset,block,name,head,images,accuracy_percent,macs,macs_percent,mac_convention,seed',
  );
  t.deepEqual(
    rows.map((row) => row.split(',').slice(0, 6).join()),
    [
      'backbone,noise,0,block 0,linear,100',
      'backbone,noise,0,block 0,mlp,100',
      'backbone,noise,1,block 1,linear,100',
      'backbone,noise,1,block 1,mlp,100',
      'backbone,noise,,full network,,100',
    ],
  );
  const svg = await readFile(path.join(results, 'probe.svg'), 'utf8');
  t.true(svg.includes('What probes after each block have right on noise'));
  const again = await runCascade(
    folder,
    'plot',
    path.join('results', 'backbone', 'probe.csv'),
    '--out',
    'b.svg',
  );
  t.is(again.code, 0, again.stderr);
  t.is(await readFile(path.join(folder, 'b.svg'), 'utf8'), svg);
});
