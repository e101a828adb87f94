// Preloaded into npm and all that it starts (`NODE_OPTIONS=--import=…`): a network in which only hosts of these names are found.
import dns from 'node:dns';

const reachable = process.env['CASCADE_TEST_HOSTS']?.split(' ') ?? [];
const lookup = dns.lookup;

dns.lookup = ((host: string, ...rest: unknown[]) => {
  if (reachable.includes(host)) return Reflect.apply(lookup, dns, [host, ...rest]);
  const answer = rest.at(-1) as (error: Error) => void;
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
    code: 'ENOTFOUND',
    hostname: host,
  });
  process.nextTick(answer, error);
}) as typeof dns.lookup;
