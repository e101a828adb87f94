import path from 'node:path';
import test from 'ava';
import { loadBackbone } from '../../../lib/cascade/backbone/load-backbone.js';
import { smallCascade } from '../../support/small-cascade.js';

test('a cascade in the place of a trained network is called one, with what to give instead, and so are its files', async (t) => {
  const { folder } = await smallCascade(t);
  const does = `\`cascade show ${folder}\` says what is in it, and to attach other exits give what it was made of, backbone.safetensors.`;
  await t.throwsAsync(loadBackbone(folder), {
    message: `${folder} is a cascade, which has its exits already, and no trained network; ${does}`,
  });
  const file = path.join(folder, 'backbone.safetensors');
  await t.throwsAsync(loadBackbone(file), {
    message: `${file} is part of a cascade, and no trained network; ${does}`,
  });
});
