import { type JsoncFile, type JsonMember, type JsonValue, parseJsonc } from '../arm/index.ts';
import type { Location, Span } from '../base/span.ts';
import type { LocalDnsOverride, LocalDnsProfile } from '../model/cluster.ts';
import { type Collection, known, type Origin, type Property } from '../model/value.ts';

/** What a file that `az aks nodepool --localdns-config` takes says. */
export interface LocalDnsDocument extends Pick<JsoncFile, 'errors' | 'comments'> {
  readonly profile: LocalDnsProfile;
}

/** Whether JSON text is the LocalDNS configuration of an agent pool; a template has a schema. */
export function isLocalDns(text: string): boolean {
  return /"(?:vnetDNSOverrides|kubeDNSOverrides)"\s*:/i.test(text) && !text.includes('"$schema"');
}

/** Reads the configuration; undefined where the top of the file is something else. */
export function readLocalDns(text: string, uri: string): LocalDnsDocument | undefined {
  const { root, errors, comments } = parseJsonc(text);
  if (root?.kind !== 'object' || !root.members.some(({ name }) => /^(?:vnet|kube)DNSOverrides$/i.test(name))) {
    return undefined;
  }
  const at = (span: Span): Location => ({ uri, span });
  const word = (value: JsonValue | undefined): Property<string> =>
    value?.kind === 'text' ? known(value.value, originOf(at(value.span))) : undefined;
  const overrides = (value: JsonValue | undefined): Collection<LocalDnsOverride> => ({
    items: membersOf(value).map(({ name: zone, nameSpan, value: settings }) => ({
      zone,
      presence: 'set',
      body: at(settings.span),
      origin: originOf(at(nameSpan)),
      queryLogging: word(member(settings, 'queryLogging')),
      protocol: word(member(settings, 'protocol')),
      forwardDestination: word(member(settings, 'forwardDestination')),
      forwardPolicy: word(member(settings, 'forwardPolicy')),
      serveStale: word(member(settings, 'serveStale')),
    })),
    isComplete: true,
  });
  const profile: LocalDnsProfile = {
    presence: 'set',
    body: at(root.span),
    origin: originOf(at(root.span)),
    mode: word(member(root, 'mode')),
    vnetDNSOverrides: overrides(member(root, 'vnetDNSOverrides')),
    kubeDNSOverrides: overrides(member(root, 'kubeDNSOverrides')),
  };
  return { profile, errors, comments };
}

function originOf(at: Location): Origin {
  return { at, from: at };
}

function membersOf(value: JsonValue | undefined): readonly JsonMember[] {
  return value?.kind === 'object' ? value.members : [];
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return membersOf(value).find((each) => each.name.toLowerCase() === name.toLowerCase())?.value;
}
