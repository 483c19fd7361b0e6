/** What a JSON text is to Resource Manager: `resources` are ones that the Azure CLI or the REST API printed. */
export type ArmKind = 'template' | 'parameters' | 'resources';

/** The scope a template deploys to, as its schema says. */
export type ArmScope = 'resourceGroup' | 'subscription' | 'managementGroup' | 'tenant';

const schemaUrl =
  /^https?:\/\/schema\.management\.azure\.com\/schemas\/[^/"]+\/([a-z]*)deployment(template|parameters)\.json(?:#\/?)?$/i;

// The key, its colon and a plain URL; comments and line breaks may stand between.
const schemaProperty =
  /"\$schema"(?:\s|\/\/[^\r\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)*:(?:\s|\/\/[^\r\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/)*"([^"\\\r\n]*)"/y;

/** The id of a resource of the network or of AKS: subscription, resource group, provider, and types with names. */
export const exportedId =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/(Microsoft\.(?:Network|ContainerService))\/([^/]+\/.+)$/i;

const idProperty = /"id"\s*:\s*"([^"\\\r\n]*)"/y;

/**
 * Whether a JSON text is an ARM template or parameter file, by the `$schema` of its top-level object alone, or one or
 * more printed resources, by their ids alone. Other JSON costs a search for each of the two keys; only a text that
 * has an ARM schema or such an id somewhere is scanned up to it.
 */
export function recogniseArm(text: string): ArmKind | undefined {
  return recogniseSchema(text) ?? (areResources(text) ? 'resources' : undefined);
}

/** Whether the top-level object, an item of the top-level array or of a top-level `value` has the id of a resource. */
function areResources(text: string): boolean {
  let scanned: Depth = { offset: 0, level: 0 };
  let idLevel: number | undefined;
  for (let at = text.indexOf('"id"'); at >= 0; at = text.indexOf('"id"', at + 4)) {
    idProperty.lastIndex = at;
    const match = idProperty.exec(text);
    if (match?.[1] === undefined || !exportedId.test(match[1])) continue;
    idLevel ??= /^\s*\[/.test(text) ? 2 : /^\s*\{\s*"value"\s*:\s*\[/.test(text) ? 3 : 1;
    const depth = depthAt(text, at, scanned);
    if (depth === undefined) return false;
    if (depth.offset === at && depth.level === idLevel) return true;
    scanned = depth;
  }
  return false;
}

function recogniseSchema(text: string): ArmKind | undefined {
  let scanned: Depth = { offset: 0, level: 0 };
  for (let at = text.indexOf('"$schema"'); at >= 0; at = text.indexOf('"$schema"', at + 9)) {
    schemaProperty.lastIndex = at;
    const match = schemaProperty.exec(text);
    const kind = match?.[1] === undefined ? undefined : kindOfSchema(match[1]);
    if (kind === undefined) continue;
    const depth = depthAt(text, at, scanned);
    if (depth === undefined) return undefined;
    if (depth.offset === at && depth.level === 1 && !/^\s*\[/.test(text)) return kind;
    scanned = depth;
  }
  return undefined;
}

/** What the value of a `$schema` property stands for; undefined for schemas that are not Resource Manager's. */
export function kindOfSchema(url: string): ArmKind | undefined {
  const kind = schemaUrl.exec(url)?.[2]?.toLowerCase();
  return kind === 'template' || kind === 'parameters' ? kind : undefined;
}

/** The target scope that the value of a `$schema` property names; `resourceGroup` for anything unknown. */
export function scopeOfSchema(url: string): ArmScope {
  switch (schemaUrl.exec(url)?.[1]?.toLowerCase()) {
    case 'subscription':
      return 'subscription';
    case 'managementgroup':
      return 'managementGroup';
    case 'tenant':
      return 'tenant';
    default:
      return 'resourceGroup';
  }
}

interface Depth {
  readonly offset: number;
  readonly level: number;
}

/**
 * Continues a scan up to `target` and says how deep in brackets it is. The offset lies behind `target` where a
 * string or comment covers it. Undefined if the text is neither object nor array, or ends before.
 */
function depthAt(text: string, target: number, from: Depth): Depth | undefined {
  let level = from.level;
  let i = from.offset;
  while (i < target) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      i = endOfString(text, i);
      continue;
    }
    if (code === 47) {
      i = endOfComment(text, i);
      continue;
    }
    if (code === 123 || code === 91) {
      level++;
    } else if (code === 125 || code === 93) {
      level--;
      if (level <= 0) return undefined;
    } else if (level === 0 && code > 32 && code !== 0xfeff) {
      return undefined;
    }
    i++;
  }
  return { offset: i, level };
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    if (code === 34) return i + 1;
    i += code === 92 ? 2 : 1;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const next = text.charCodeAt(start + 1);
  if (next !== 47 && next !== 42) return start + 1;
  const end = next === 42 ? text.indexOf('*/', start + 2) : text.indexOf('\n', start);
  return end < 0 ? text.length : end + (next === 42 ? 2 : 1);
}
