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

test('a student without a share between 0 and 100 % is refused with an example', (t) => {
  for (const choice of [
    'input:student',
    'input:student@',
    'input:student@10',
    'input:student@0%',
    'input:student@100%',
    'input:student@x%',
    'input:students@10%',
    'input:student@10%,@',
    'input:student@10%@20%',
  ])
    t.throws(() => askedHeads(choice), { message: /does not say how large .*such as input:student@10%\.$/ });
});

test('the same student twice is refused', (t) => {
  t.throws(() => askedHeads('input:student@10%,@10%'), { message: /names the same student twice/ });
});
