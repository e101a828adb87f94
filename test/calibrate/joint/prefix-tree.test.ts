import test from 'ava';
import fc from 'fast-check';
import { type Prefix, PrefixTree } from '../../../lib/calibrate/joint/prefix-tree.js';

interface Addition {
  readonly group: number;
  readonly loss: number;
}

const trees = fc.integer({ min: 1, max: 9 }).chain((groups) =>
  fc.record({
    groups: fc.constant(groups),
    additions: fc.array(fc.record({ group: fc.nat(groups - 1), loss: fc.integer({ min: -1, max: 1 }) }), {
      maxLength: 20,
    }),
  }),
);

function treeOf(groups: number, additions: readonly Addition[]): PrefixTree {
  const tree = new PrefixTree(groups);
  for (const { group, loss } of additions) tree.add(group, loss, 1);
  return tree;
}

/** Every prefix, the empty one first. */
function prefixes(groups: number, additions: readonly Addition[]): Prefix[] {
  return Array.from({ length: groups + 1 }, (_, length) => {
    const inside = additions.filter(({ group }) => group < length);
    return {
      groups: length,
      loss: inside.reduce((sum, { loss }) => sum + loss, 0),
      count: inside.length,
    };
  });
}

test('the longest prefix within a limit is that of a look at every prefix', (t) => {
  fc.assert(
    fc.property(trees, fc.integer({ min: -4, max: 4 }), ({ groups, additions }, limit) => {
      const within = prefixes(groups, additions).filter(({ loss }) => loss <= limit);
      t.deepEqual(treeOf(groups, additions).longestWithin(limit), within.at(-1));
    }),
    { numRuns: 1000 },
  );
});

test('of the prefixes that are long enough one with the least loss is found', (t) => {
  fc.assert(
    fc.property(trees, fc.integer({ min: -2, max: 12 }), ({ groups, additions }, count) => {
      const all = prefixes(groups, additions);
      const enough = all.filter((prefix) => prefix.count >= count);
      const found = treeOf(groups, additions).leastLossWith(count);
      t.is(found === undefined, enough.length === 0);
      if (found === undefined) return;
      t.deepEqual(found, all[found.groups]!);
      t.true(found.count >= count);
      t.is(found.loss, Math.min(...enough.map(({ loss }) => loss)));
    }),
    { numRuns: 1000 },
  );
});

test('what is taken back out leaves no trace', (t) => {
  const tree = new PrefixTree(3);
  tree.add(0, 1, 1);
  tree.add(2, -1, 1);
  tree.add(0, -1, -1);
  t.deepEqual(tree.longestWithin(-1), { groups: 3, loss: -1, count: 1 });
  t.deepEqual(tree.leastLossWith(1), { groups: 3, loss: -1, count: 1 });
});
