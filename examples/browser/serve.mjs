// Serves the page: node examples/browser/serve.mjs EXPORTED_FOLDER [FOLDER_OF_IMAGES] [PORT]
import { createReadStream, readdirSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [exported, images, port = '8080'] = process.argv.slice(2);
const isFolder = (place) => statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
const isPort = /^\d{1,5}$/.test(port) && Number(port) < 65536;
if (exported === undefined || !isFolder(exported) || (images && !isFolder(images)) || !isPort) {
  console.error('usage: node examples/browser/serve.mjs EXPORTED_FOLDER [FOLDER_OF_IMAGES] [PORT]');
  process.exit(2);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const folders = new Map([
  ['model', exported],
  ['vendor', path.join(here, '..', '..', 'node_modules', '@tensorflow')],
  ...(images ? [['images', images]] : []),
]);
const types = new Map([
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.json', 'application/json'],
  ['.wasm', 'application/wasm'],
]);

/** The path that is asked for, without the slash it begins with; undefined for what is none. */
function pathOf(url) {
  try {
    return decodeURIComponent(url.split(/[?#]/)[0]).slice(1) || 'index.html';
  } catch {
    return undefined;
  }
}

/** The file of a folder, links followed; undefined for one that is not there or lies elsewhere, however it is named. */
function fileIn(folder, name) {
  try {
    const root = realpathSync(folder);
    const file = realpathSync(path.join(root, name));
    const isInside = file.startsWith(root + path.sep);
    return isInside && statSync(file).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

/** None where the folder is not there, or no longer. */
function pictures() {
  if (!images || !isFolder(images)) return [];
  return readdirSync(images)
    .filter((name) => /\.(png|jpe?g|webp)$/i.test(name) && fileIn(images, name) !== undefined)
    .sort();
}

const server = createServer((request, response) => {
  const refuse = (status) => response.writeHead(status).end();
  if (!['GET', 'HEAD'].includes(request.method)) return refuse(405);
  const name = pathOf(request.url);
  if (name === undefined) return refuse(400);
  if (name === 'images') {
    response.setHeader('content-type', types.get('.json'));
    return response.end(JSON.stringify(pictures()));
  }
  const [first, ...rest] = name.split('/');
  const file = folders.has(first) ? fileIn(folders.get(first), rest.join('/')) : fileIn(here, name);
  if (file === undefined) return refuse(404);
  response.setHeader('content-type', types.get(path.extname(file)) ?? 'application/octet-stream');
  if (request.method === 'HEAD') return response.end();
  // A file that goes away or cannot be read while it is sent ends this answer, not the server.
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
});
server.listen(Number(port), '127.0.0.1', () => console.log(`http://localhost:${server.address().port}`));
