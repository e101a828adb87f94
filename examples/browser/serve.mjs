// Serves the page: node examples/browser/serve.mjs EXPORTED_FOLDER [FOLDER_OF_IMAGES] [PORT]
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const [exported, images, port = '8080'] = process.argv.slice(2);
if (exported === undefined || !existsSync(exported)) {
  console.error('usage: node examples/browser/serve.mjs EXPORTED_FOLDER [FOLDER_OF_IMAGES] [PORT]');
  process.exit(2);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const folders = {
  model: path.resolve(exported),
  vendor: path.join(here, '..', '..', 'node_modules', '@tensorflow'),
  ...(images ? { images: path.resolve(images) } : {}),
};
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const server = createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1) || 'index.html';
  if (name === 'images') {
    const names = images
      ? readdirSync(images)
          .filter((file) => /\.(png|jpe?g|webp)$/i.test(file))
          .sort()
      : [];
    response.setHeader('content-type', types['.json']);
    response.end(JSON.stringify(names));
    return;
  }
  const [first, ...rest] = name.split('/');
  const root = folders[first];
  const file = root ? path.join(root, ...rest) : path.join(here, name);
  const isInside = !path.relative(root ?? here, file).startsWith('..');
  if (!isInside || !existsSync(file) || !statSync(file).isFile()) {
    response.statusCode = 404;
    response.end();
    return;
  }
  response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
  createReadStream(file).pipe(response);
});
server.listen(Number(port), '127.0.0.1', () => console.log(`http://localhost:${server.address().port}`));
