import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { csvText } from '../../lib/report/csv.js';
import { readReports } from '../../lib/report/read-csv.js';
import { temporaryFolder } from '../support/run-cascade.js';

test('text that a spreadsheet would run stands behind an apostrophe, and numbers stay numbers', (t) => {
  const rows = [
    { name: '=HYPERLINK("x")', value: -1.5 },
    { name: '+cmd', value: 2 },
    { name: '-dog', value: 0 },
    { name: '@SUM(1)', value: null },
    { name: '-1.5', value: 1e-7 },
    { name: 'plain', value: 3 },
  ];
  t.is(
    csvText(rows),
    `name,value\n"'=HYPERLINK(""x"")",-1.5\n'+cmd,2\n'-dog,0\n'@SUM(1),\n-1.5,1e-7\nplain,3\n`,
  );
});

test('a results file of more rows than a call takes arguments is read, its names printable', async (t) => {
  const folder = await temporaryFolder(t);
  const file = path.join(folder, 'exits.csv');
  const header =
    'cascade,dataset,network,split,images,exit,block,name,head,accuracy_percent,macs,macs_percent\n';
  const row = 'a\u001b[2J,d,n,test,10,0,0,block 0,mlp,50,10,20\n';
  await writeFile(file, header + row.repeat(150_000));
  const { exits } = await readReports([file]);
  t.is(exits.length, 150_000);
  t.is(Object.values(exits[0]!).includes('a\\x1b[2J'), true);
});
