/**
 * What CoreDNS refuses about the key of a server block, as one or two sentences; undefined where it takes the key.
 * It takes nearly everything: a label may hold any character.
 */
export function zoneKeyError(key: string): string | undefined {
  const zone = key.replace(/^(?:dns|tls|quic|grpc|https3?):\/\//, '');
  const colon = zone.lastIndexOf(':');
  if (colon >= 0 && colon === zone.length - 1)
    return `"${key}" ends in a colon. Write the port behind it, or remove it.`;
  const port = /^[+-]?\d+$/.test(zone.slice(colon + 1)) && colon >= 0 ? Number(zone.slice(colon + 1)) : undefined;
  const name = port === undefined ? zone : zone.slice(0, colon);
  if (port !== undefined && (port < 0 || port > 65535)) {
    return `${port} is not a port. Use a number from 0 to 65535.`;
  }
  if (name === '') return `"${key}" names no zone. Write "." for all names.`;
  if (/^[:0][\d:a-f]*\/\d+$/i.test(name) && name.includes(':')) {
    return `CoreDNS cannot make reverse zones from ${name}. Write the ip6.arpa zone itself.`;
  }
  if (name.length > 255) return `A zone has at most 255 characters, this one has ${name.length}.`;
  if (name === '.') return undefined;
  const labels = name.replace(/\.$/, '').split('.');
  if (labels.some((label) => label === '')) return `"${name}" is not a zone: there is nothing between two of its dots.`;
  const long = labels.find((label) => label.replace(/\\(?:\d{3}|.)/g, 'x').length > 63);
  if (long !== undefined) return `"${long}" has ${long.length} characters. A part of a name has at most 63.`;
  return undefined;
}
