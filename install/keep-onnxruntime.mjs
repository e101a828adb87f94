// Runs as npm's `preinstall`, when all packages are unpacked and before any `postinstall`. onnxruntime's fetches CUDA libraries
// from a host that is not npm's registry, on any Linux machine of x64, whether or not it has a GPU; where that fails, npm removes all of
// onnxruntime without a word, and networks run several times slower. Its script is therefore put behind `onnxruntime-install.cjs`.
// What runs on the CPU is in the package itself. Whatever goes wrong here must not stop the installation: then npm does as it would have.
import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The form of the package that is known; any other is left alone. */
const SCRIPT = 'node ./script/install';

function keepOnnxruntime() {
  const manifest = createRequire(import.meta.url).resolve('onnxruntime-node/package.json');
  if (JSON.parse(readFileSync(manifest, 'utf8')).scripts?.postinstall !== SCRIPT) return;
  const folder = path.join(path.dirname(manifest), 'script');
  const [script, original] = ['install.js', 'install-cuda.js'].map((name) => path.join(folder, name));
  if (existsSync(original)) return;
  // Not written over: a package manager may share the file with other projects.
  renameSync(script, original);
  copyFileSync(path.join(here, 'onnxruntime-install.cjs'), script);
}

// In a checkout `npm run setup` says what is installed.
const isInstalled = here.split(path.sep).includes('node_modules');
try {
  if (isInstalled) keepOnnxruntime();
} catch (error) {
  console.warn(`onnxruntime's install script was left as it is: ${error.message}`);
}
