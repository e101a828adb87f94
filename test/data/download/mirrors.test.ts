import test from 'ava';
import { addressesOf } from '../../../lib/data/download/mirrors.js';

const URL = 'https://example.org/data/set.tar.gz?version=2';

test('mirrors are tried in their order before the own address of a file', (t) => {
  t.deepEqual(addressesOf(URL, {}), [URL]);
  t.deepEqual(addressesOf(URL, { CASCADE_MIRROR: ' http://a.example/files/  https://b.example ' }), [
    'http://a.example/files/set.tar.gz',
    'https://b.example/set.tar.gz',
    URL,
  ]);
});
