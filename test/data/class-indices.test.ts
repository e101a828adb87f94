import test from 'ava';
import { classIndicesSchema } from '../../lib/data/class-indices.js';
import { loadDescription } from '../../lib/data/dataset-description.js';
import { imagenetIds } from '../../lib/data/imagenet-ids.js';

test('the WordNet ids of ImageNet are a thousand, in the order of its networks', async (t) => {
  const ids = await imagenetIds();
  t.is(ids.length, 1000);
  t.deepEqual([...ids].sort(), ids);
  t.is(new Set(ids).size, 1000);
  t.deepEqual(
    ['n01440764', 'n02102040', 'n03888257', 'n15075141'].map((id) => ids.indexOf(id)),
    [0, 217, 701, 999],
  );
});

test('numbers are taken as they are, of a network of any size', async (t) => {
  t.deepEqual(await classIndicesSchema.parseAsync([9, 0, 4]), { indices: [9, 0, 4] });
});

test('WordNet ids are numbers among a thousand, also beside numbers', async (t) => {
  t.deepEqual(await classIndicesSchema.parseAsync(['n03888257', 3, 'n02102040']), {
    indices: [701, 3, 217],
    of: 1000,
  });
});

// As published for Imagenette; goldfish, European fire salamander and bullfrog begin Tiny ImageNet.
for (const [name, count, begin] of [
  ['imagenette', 10, [0, 217, 482, 491, 497, 566, 569, 571, 574, 701]],
  ['tiny-imagenet', 200, [1, 25, 30]],
] as const) {
  test(`${name} says which of ImageNet's classes it has, by the names that ImageNet gives them`, async (t) => {
    const { description } = await loadDescription(name);
    const { description: imagenet } = await loadDescription('imagenet');
    const { indices, of } = description.class_indices!;
    t.is(of, 1000);
    t.is(indices.length, count);
    t.deepEqual(indices.slice(0, begin.length), [...begin]);
    t.deepEqual(
      indices.map((index) => imagenet.class_ids![index]!),
      description.class_ids!,
    );
    t.is(description.class_names.length, count);
  });
}
