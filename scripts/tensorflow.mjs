// Builds the native backend of TensorFlow.js against a current libtensorflow, since the one its package fetches is old.
// Usage: npm run tensorflow [-- --from DIR | --gpu]
//   --from DIR  an installed TensorFlow Python package, or an unpacked libtensorflow archive (include/ and lib/)
//   --gpu       pip's `tensorflow`, which computes with CUDA where the machine has it, instead of `tensorflow-cpu`
// Without --from the Python package is fetched by pip into the cache folder; 1.3 GB, once.
// Exit code 3: the machine lacks something that is named. 1: anything else that failed. Either way all is as it was before.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBinding } from './tensorflow/build.mjs';
import { fetchLibrary, libraryIn } from './tensorflow/library.mjs';
import { Missing } from './tensorflow/missing.mjs';
import { nativePackages } from './tensorflow/packages.mjs';
import { replacing } from './tensorflow/replacing.mjs';
import { requireTools } from './tensorflow/tools.mjs';
import { verify } from './tensorflow/verify.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

try {
  const { from, gpu } = parseArgs({
    options: { from: { type: 'string' }, gpu: { type: 'boolean', default: false } },
  }).values;
  const tools = requireTools();
  const library = from === undefined ? fetchLibrary(gpu) : libraryIn(path.resolve(from));
  for (const { name, folder } of nativePackages(root)) {
    console.error(`tensorflow: building the binding of @tensorflow/${name} …`);
    const binding = path.join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
    replacing(
      binding,
      (file) => buildBinding(folder, library, tools, file),
      () => {
        const { version } = verify(root, name);
        console.log(
          `@tensorflow/${name} computes with TensorFlow ${version}.\n  library: ${library.folder}\n  binding: ${binding}`,
        );
      },
    );
  }
} catch (error) {
  console.error(`tensorflow: ${error.message}`);
  process.exitCode = error instanceof Missing ? 3 : 1;
}
