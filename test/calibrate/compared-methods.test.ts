import test from 'ava';
import { comparedMethods, type MethodChoices } from '../../lib/calibrate/compared-methods.js';

const ONE_SET = [[0, 2]];

test('each set of exits begins with one exit for all and a random one, by softmax alone', (t) => {
  const choices = { methods: ['joint'], criteria: ['margin'], average: [0], top: 3 } as const;
  const baseline = { exits: [0, 2], scoring: { criterion: 'softmax', averaging: 0, top: 3 } } as const;
  t.deepEqual(comparedMethods(choices, ONE_SET), [
    { kind: 'one-exit', ...baseline },
    { kind: 'random-exit', ...baseline },
    {
      kind: 'thresholds',
      exits: [0, 2],
      method: 'joint',
      scoring: { criterion: 'margin', averaging: 0, top: 3 },
    },
  ]);
});

/** Criterion and weight of what is compared of a method. */
function scorings(method: 'paper-path' | 'joint', criteria: readonly ('softmax' | 'energy' | 'patience')[]) {
  const choices = { methods: [method], criteria, average: [0, 0.4], top: 1 } as const;
  return comparedMethods(choices, ONE_SET).flatMap((compared) =>
    compared.kind === 'thresholds' ? [`${compared.scoring.criterion} ${compared.scoring.averaging}`] : [],
  );
}

test('every criterion meets every weight, but energy none, which says nothing about averaged outputs', (t) => {
  t.deepEqual(scorings('paper-path', ['softmax', 'energy']), ['softmax 0', 'softmax 0.4', 'energy 0']);
});

test('the joint search is not tried with confidences that depend on earlier exits', (t) => {
  t.deepEqual(scorings('joint', ['softmax', 'patience']), ['softmax 0']);
});

test('every set of exits is tried with the same combinations', (t) => {
  const choices = { methods: ['paper-path', 'joint'], criteria: ['softmax'], average: [0], top: 1 } as const;
  const found = comparedMethods(choices, [[0], [1], [0, 1]]);
  t.deepEqual(
    found.map(({ kind, exits }) => `${kind} ${exits.join()}`),
    ['0', '1', '0,1'].flatMap((exits) =>
      ['one-exit', 'random-exit', 'thresholds', 'thresholds'].map((kind) => `${kind} ${exits}`),
    ),
  );
});

test('a published method is there once a set of exits, whatever the criteria', (t) => {
  const choices: MethodChoices = {
    methods: ['exit-policy'],
    criteria: ['softmax', 'margin'],
    average: [0, 0.4],
    top: 5,
  };
  t.deepEqual(comparedMethods(choices, ONE_SET).slice(2), [
    {
      ...{ kind: 'neighbour', exits: [0, 2], method: 'exit-policy' },
      scoring: { criterion: 'softmax', averaging: 0, top: 5 },
    },
  ]);
});
