import test from 'ava';
import { askedHeads } from '../../../../lib/cascade/attach/networks/student-shares.js';

test('students are taken out of a choice of heads, the smallest first', (t) => {
  t.deepEqual(askedHeads('input:student@15%,@5%'), { students: [0.05, 0.15], inside: undefined });
  t.deepEqual(askedHeads('mlp,input:student@7.5%'), { students: [0.075], inside: 'mlp' });
  t.deepEqual(askedHeads('8:mlp,input:student@10%,17:conv'), { students: [0.1], inside: '8:mlp,17:conv' });
});

test('a choice without students stays as it is', (t) => {
  t.deepEqual(askedHeads('6:mlp,10:conv'), { students: [], inside: '6:mlp,10:conv' });
});

test('a student without a share is refused with an example', (t) => {
  for (const choice of [
    'input:student',
    'input:student@',
    'input:student@10',
    'input:student@x%',
    'input:student@10%,@',
    'input:student@10%@20%',
  ])
    t.throws(() => askedHeads(choice), { message: /does not say how large .*such as input:student@10%\.$/ });
});

test('a share of nothing, of all or of more is refused with what is allowed', (t) => {
  for (const share of ['0%', '100%', '150%'])
    t.throws(() => askedHeads(`8:mlp,input:student@${share}`), {
      message: `--heads 8:mlp,input:student@${share} asks for a student of ${share}; its share of the backbone's multiply-accumulates must be more than 0 and less than 100 %, such as input:student@10%.`,
    });
});

for (const [part, meant] of [
  ['input:studnet@15%', '15%'],
  ['input:students', '10%'],
  ['input:mlp', '10%'],
  ['student@7.5%', '7.5%'],
  ['8:student@20%', '20%'],
  ['student', '10%'],
  ['mlp@30%', '30%'],
  ['@30%', '30%'],
] as const) {
  test(`${part} is refused with the student that may be meant`, (t) => {
    const message = `${part} is no head: only a student stands before the backbone, with its share of the MACs; did you mean input:student@${meant}?`;
    t.throws(() => askedHeads(part), { message });
    t.throws(() => askedHeads(`${part},8:mlp`), {
      message: message.replace(' is no head', ` in --heads ${part},8:mlp is no head`),
    });
  });
}

test('the same student twice is refused', (t) => {
  t.throws(() => askedHeads('input:student@10%,@10%'), { message: /names the same student twice/ });
});
