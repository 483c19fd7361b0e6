import type { StubDomain } from '../model/dns.ts';

/** The keys with which kube-dns is configured. */
export function isKubeDnsKey(key: string): boolean {
  return key === 'stubDomains' || key === 'upstreamNameservers';
}

/** The zones that the JSON of `stubDomains` names; empty where it names none that can be read. */
export function readStubDomains(json: string): readonly StubDomain[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return [];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([zone, servers]) => ({
    zone,
    servers: Array.isArray(servers) ? servers.filter((server): server is string => typeof server === 'string') : [],
  }));
}
