// Classifies image files with a cascade, as a library: node examples/classify.mjs demo.cascade picture.png …
import { Cascade } from 'cascade-early-exits';

const [folder, ...files] = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node examples/classify.mjs CASCADE IMAGE…');
  process.exit(2);
}
const cascade = await Cascade.load(folder, { batchSize: 1 });
for (const file of files) {
  const [{ className, probability, block, macs }] = await cascade.classifyFiles([file]);
  const where = block === null ? 'the full network' : `block ${block}`;
  console.log(
    `${file}: ${className}, ${(100 * probability).toFixed(1)} %, left at ${where} after ${macs} MACs`,
  );
}
await cascade.dispose();
