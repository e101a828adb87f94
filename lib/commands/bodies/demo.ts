import path from 'node:path';
import { cascadeName } from '../../artifact/check-out.js';
import { PACKAGE_ROOT } from '../../files/package-root.js';
import { resultsFolder } from '../../report/csv.js';
import { ATTACH_DEFAULTS } from '../attach.js';
import { CALIBRATE_DEFAULTS } from '../calibrate.js';
import type { CommandContext } from '../common/context.js';
import type { DemoOptions } from '../demo.js';
import { REPORT_DEFAULTS } from '../report.js';
import { attach } from './attach.js';
import { calibrate } from './calibrate.js';
import { evaluate } from './eval.js';
import { plot } from './plot.js';
import { report } from './report.js';
import { sweep } from './sweep.js';

const SAMPLE = 'fashion-mnist-sample';

/** Places for exits, in residual blocks of the demonstration's ResNet-20. */
const EXITS = '2,4,5,6';

/** Runs the commands one after another and prints each as its user would type it. */
export async function demo({ out, results }: DemoOptions, context: CommandContext): Promise<void> {
  const { print, reporter } = context;
  const backbone = path.join(PACKAGE_ROOT, 'datasets', SAMPLE, 'resnet20.safetensors');
  const say = (command: string): void => print(`\n$ cascade ${command}\n`);
  // The notes say what to type next; here the next command follows anyway.
  const inner = { ...context, reporter: { ...reporter, note: () => {} } };

  print(
    'A trained ResNet-20 tells ten kinds of clothes apart. cascade gives it early exits: an image leaves at the first',
  );
  print('exit that is sure enough, and the rest of the network is not run for it.');
  say(`attach datasets/${SAMPLE}/resnet20.safetensors --data ${SAMPLE} --exits ${EXITS} --out ${out}`);
  await attach(backbone, { ...ATTACH_DEFAULTS, data: SAMPLE, exits: EXITS, out, force: true }, inner);
  say(`calibrate ${out} --max-drop 1%`);
  await calibrate(out, undefined, { ...CALIBRATE_DEFAULTS, results }, inner);
  say(`eval ${out}`);
  await evaluate(out, { results }, inner);
  say(`sweep ${out}`);
  await sweep(out, { results }, inner);
  const folder = resultsFolder(results, { name: cascadeName(out) });
  say(`plot ${path.join(folder, '*.csv')}`);
  const files = ['eval.csv', 'exits.csv', 'front.csv'].map((name) => path.join(folder, name));
  await plot(files, {}, inner);
  const page = path.join(folder, 'report.html');
  say(`report ${out} --out ${page}`);
  await report([out], { ...REPORT_DEFAULTS, out: page, results }, inner);
  print(
    `\nThe report is ${page}: open it in a browser. It holds the verdict, every exit, and the images that the cascade gets wrong.`,
  );
  print(
    `The picture is ${path.join(folder, 'front.png')}; the numbers behind it are the CSV files beside it.`,
  );
  print('Next, with a network of yours: cascade attach <weights> --data cifar10 --out my.cascade');
}
