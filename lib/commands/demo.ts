import path from 'node:path';
import { Command } from 'commander';
import { ATTACH_DEFAULTS, attach } from './attach.js';
import { CALIBRATE_DEFAULTS, calibrate } from './calibrate.js';
import {
  type CommandContext,
  type CommonOptions,
  type RunCommand,
  withCommonOptions,
} from './common/context.js';
import { parseFolder } from './common/parse.js';
import { evaluate } from './eval.js';
import { plot } from './plot.js';
import { SWEEP_DEFAULTS, sweep } from './sweep.js';

interface DemoOptions extends CommonOptions {
  readonly out: string;
  readonly results: string;
}

export function demoCommand(run: RunCommand): Command {
  const command = new Command('demo')
    .description('the whole road on a network and data that come with cascade: a ResNet-20 and Fashion-MNIST')
    .option('--out <folder>', 'the cascade to make; replaced if it is there', parseFolder, 'demo.cascade')
    .option('--results <folder>', 'where CSV files and the picture go', 'results')
    .addHelpText('after', '\nExample:\n  cascade demo');
  return withCommonOptions(command, { json: false }).action((options: DemoOptions) =>
    run((context) => demo(options, context), options),
  );
}

const SAMPLE = 'fashion-mnist-sample';

/** Places for exits, in residual blocks of the demonstration's ResNet-20. */
const EXITS = '2,4,5,6';

async function demo({ out, results }: DemoOptions, context: CommandContext): Promise<void> {
  const { cascadeName } = await import('../artifact/check-out.js');
  const { resultsFolder } = await import('../report/csv.js');
  const { PACKAGE_ROOT } = await import('../files/package-root.js');
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
  const calibrateOptions = { ...CALIBRATE_DEFAULTS, results };
  await calibrate(out, undefined, calibrateOptions, inner);
  say(`eval ${out}`);
  await evaluate(out, { results }, inner);
  say(`sweep ${out}`);
  await sweep(out, { ...SWEEP_DEFAULTS, results }, inner);
  const folder = resultsFolder(results, { name: cascadeName(out) });
  say(`plot ${path.join(folder, '*.csv')}`);
  const files = ['eval.csv', 'exits.csv', 'front.csv'].map((name) => path.join(folder, name));
  await plot(files, {}, inner);
  print(
    `\nThe picture is ${path.join(folder, 'front.png')}; the numbers behind it are the CSV files beside it.`,
  );
  print('Next, with a network of yours: cascade attach <weights> --data cifar10 --out my.cascade');
}
