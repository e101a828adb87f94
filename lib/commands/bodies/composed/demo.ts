import path from 'node:path';
import { cascadeName } from '../../../artifact/check-out.js';
import { PACKAGE_ROOT } from '../../../files/package-root.js';
import { resultsFolder } from '../../../report/csv.js';
import type { CommandContext } from '../../common/context.js';
import type { DemoOptions } from '../../composed/demo.js';
import { step } from './steps.js';

const SAMPLE = 'fashion-mnist-sample';

/** Places for exits, in residual blocks of the demonstration's ResNet-20. */
const EXITS = '2,4,5,6';

/** Runs the commands one after another and prints each as its user would type it. */
export async function demo({ out, results, quiet }: DemoOptions, context: CommandContext): Promise<void> {
  const { print } = context;
  const weights = path.relative('', path.join(PACKAGE_ROOT, 'datasets', SAMPLE, 'resnet20.safetensors'));
  const making = ['--data', SAMPLE, '--exits', EXITS, '--out', out, '--force'];
  const silently = quiet ? ['--quiet'] : [];
  const to = results === 'results' ? [] : ['--results', results];

  print(
    'A trained ResNet-20 recognises ten kinds of clothing. cascade adds early exits to it: an image leaves at the first',
  );
  print('exit that is sure enough, and the rest of the network is not run for it.');
  await step(['attach', weights, ...making, ...silently], context);
  const folder = resultsFolder(results, { name: cascadeName(out) });
  const page = path.join(folder, 'report.html');
  const files = ['eval.csv', 'exits.csv', 'front.csv'].map((name) => path.join(folder, name));
  await step(['calibrate', out, '--max-drop', '1%', ...to, ...silently], context);
  await step(['eval', out, ...to, ...silently], context);
  await step(['sweep', out, ...to, ...silently], context);
  await step(['plot', ...files, ...silently], context);
  await step(['report', out, '--out', page, ...to, ...silently], context);
  print(
    `\nThe report is ${page}: open it in a browser. It holds the verdict, every exit, and the images that the cascade gets wrong.`,
  );
  print(
    `The picture is ${path.join(folder, 'front.png')}; the numbers behind it are the CSV files beside it.`,
  );
  print('Next, with your own network: cascade attach <weights> --data cifar10 --out my.cascade');
}
