import test from 'ava';
import { proxyFor } from '../../../lib/data/download/proxy.js';

const PROXY = 'http://proxy.example:3128';

test('each protocol has a proxy of its own, in small letters first', (t) => {
  const environment = { HTTPS_PROXY: PROXY, http_proxy: 'http://small', HTTP_PROXY: 'http://large' };
  t.is(proxyFor('https://example.org/x', environment), PROXY);
  t.is(proxyFor('http://example.org/x', environment), 'http://small');
  t.is(proxyFor('http://example.org/x', { https_proxy: PROXY }), undefined);
  t.is(proxyFor('https://example.org/x', { https_proxy: '' }), undefined);
});

test('hosts that are excepted, their subdomains and ports have none', (t) => {
  const without = (exceptions: string, url: string): boolean =>
    proxyFor(url, { https_proxy: PROXY, no_proxy: exceptions }) === undefined;
  t.true(without('example.org', 'https://example.org/x'));
  t.true(without('.example.org', 'https://data.example.org/x'));
  t.true(without('*.Example.org', 'https://data.example.org/x'));
  t.true(without('a.example, example.org:8443', 'https://example.org:8443/x'));
  t.true(without('*', 'https://example.org/x'));
  t.false(without('example.org', 'https://notexample.org/x'));
  t.false(without('example.org:8443', 'https://example.org:9443/x'));
  t.false(without('', 'https://example.org/x'));
});
