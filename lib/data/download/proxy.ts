/**
 * The proxy that the environment names for an address (`HTTP_PROXY`, `HTTPS_PROXY`, in small letters first, but not for hosts in
 * `NO_PROXY`); undefined if there is none.
 */
export function proxyFor(url: string, environment: NodeJS.ProcessEnv): string | undefined {
  const variable = (name: string): string => environment[name] || environment[name.toUpperCase()] || '';
  const { protocol, hostname, port } = new URL(url);
  const excepted = variable('no_proxy')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  for (const entry of excepted) {
    const [host, entryPort] = entry.toLowerCase().split(':') as [string, string?];
    const suffix = host.replace(/^\*?\./, '');
    const isHost = host === '*' || hostname === suffix || hostname.endsWith(`.${suffix}`);
    if (isHost && (entryPort === undefined || entryPort === port)) return undefined;
  }
  return variable(protocol === 'https:' ? 'https_proxy' : 'http_proxy') || undefined;
}

/** What `fetch` needs to go through that proxy: the one built into Node 20 does not look for any. */
export async function proxyOptions(url: string, environment: NodeJS.ProcessEnv): Promise<RequestInit> {
  const proxy = proxyFor(url, environment);
  if (proxy === undefined) return {};
  const { ProxyAgent } = await import('undici');
  // The package's types and those of the copy inside Node differ in name only.
  return { dispatcher: new ProxyAgent(proxy) as unknown as NonNullable<RequestInit['dispatcher']> };
}
