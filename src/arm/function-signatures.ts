/**
 * The functions of Resource Manager's expressions with what they take: `[x]` may be left out, `...` allows any number
 * more. Where documentation and service may disagree, the looser form stands here, so that nothing that works is
 * reported. Functions that resource types bring (`list...`) are not among them.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
 */
const signatures: Readonly<Record<string, string>> = {
  add: 'a, b',
  and: 'a, ...',
  array: 'value',
  base64: 'text',
  base64ToJson: 'text',
  base64ToString: 'text',
  bool: 'value',
  buildUri: 'parts',
  cidrHost: 'network, hostIndex',
  cidrSubnet: 'network, newCIDR, subnetIndex',
  coalesce: 'a, ...',
  concat: '...',
  contains: 'container, item',
  copyIndex: '[loopName], [offset]',
  createArray: '...',
  createObject: '...',
  dataUri: 'text',
  dataUriToString: 'dataUri',
  dateTimeAdd: 'base, duration, [format]',
  dateTimeFromEpoch: '[epochTime]',
  dateTimeToEpoch: '[dateTime]',
  deployer: '',
  deployment: '',
  distinct: 'array',
  div: 'a, b',
  empty: 'value',
  endsWith: 'text, ending',
  environment: '',
  equals: 'a, b',
  extensionResourceId: 'resourceId, type, name, ...',
  externalInput: 'kind, [config]',
  externalInputs: '...',
  fail: 'message',
  false: '',
  filter: 'array, lambda',
  first: 'value',
  flatten: 'array',
  float: 'value',
  format: 'text, ...',
  greater: 'a, b',
  greaterOrEquals: 'a, b',
  groupBy: 'array, key, [value]',
  guid: 'text, ...',
  if: 'condition, whenTrue, whenFalse',
  indexFromEnd: 'array, index',
  indexOf: 'value, item',
  int: 'value',
  intersection: 'a, ...',
  items: 'object',
  join: 'array, delimiter',
  json: 'text',
  lambda: '...',
  lambdaVariables: 'name',
  last: 'value',
  lastIndexOf: 'value, item',
  length: 'value',
  less: 'a, b',
  lessOrEquals: 'a, b',
  like: 'text, pattern',
  managementGroup: '...',
  managementGroupResourceId: '[managementGroup], type, name, ...',
  map: 'array, lambda',
  mapValues: 'object, lambda',
  max: 'a, ...',
  min: 'a, ...',
  mod: 'a, b',
  mul: 'a, b',
  newGuid: '',
  not: 'value',
  null: '',
  objectKeys: 'object',
  or: 'a, ...',
  padLeft: 'value, length, [character]',
  parameters: 'name',
  parseCidr: 'network',
  parseUri: 'uri',
  pickZones: 'provider, type, location, [zones], [offset]',
  providers: 'provider, [type]',
  range: 'start, count',
  reduce: 'array, initial, lambda',
  reference: 'resource, [apiVersion], [full]',
  references: 'loop, [full]',
  replace: 'text, old, new',
  resourceGroup: '...',
  resourceId: '[subscription], [resourceGroup], type, name, ...',
  resourceInfo: '...',
  roleDefinitions: 'name',
  shallowMerge: 'objects',
  skip: 'value, count',
  sort: 'array, lambda',
  split: 'text, delimiter',
  startsWith: 'text, beginning',
  string: 'value',
  sub: 'a, b',
  subscription: '...',
  subscriptionResourceId: '[subscription], type, name, ...',
  substring: 'text, [start], [length]',
  take: 'value, count',
  tenant: '...',
  tenantResourceId: 'type, name, ...',
  toLogicalZone: 'subscription, location, zone',
  toLogicalZones: 'subscription, location, zones',
  toLower: 'text',
  toObject: 'array, key, [value]',
  toPhysicalZone: 'subscription, location, zone',
  toPhysicalZones: 'subscription, location, zones',
  toUpper: 'text',
  trim: 'text',
  true: '',
  tryGet: 'value, key, ...',
  tryIndexFromEnd: 'array, index, ...',
  union: 'a, ...',
  uniqueString: 'text, ...',
  uri: 'base, relative',
  uriComponent: 'text',
  uriComponentToString: 'text',
  utcNow: '[format]',
  variables: 'name',
};

interface Signature {
  readonly name: string;
  readonly usage: string;
  readonly fewest: number;
  readonly most: number;
}

/** By the name as it is documented and in lower case. */
const byName = new Map<string, Signature>(
  Object.entries(signatures).flatMap(([name, usage]) => {
    const words = usage === '' ? [] : usage.split(', ');
    const fewest = words.filter((word) => word !== '...' && !word.startsWith('[')).length;
    const most = words.includes('...') ? Number.POSITIVE_INFINITY : words.length;
    const signature = { name, usage, fewest, most };
    return [
      [name, signature],
      [name.toLowerCase(), signature],
    ] as const;
  }),
);

/**
 * What is wrong with a call: too many or too few arguments, or a name that is one slip of the finger away from a
 * function. Other unknown names are let pass: Resource Manager gets new functions.
 */
export function describeCall(name: string, count: number): string | undefined {
  const signature = byName.get(name) ?? byName.get(name.toLowerCase());
  if (signature === undefined) return describeUnknown(name);
  if (count >= signature.fewest && count <= signature.most) return undefined;
  const gets = count === 0 ? 'no argument' : count === 1 ? 'one argument' : `${count} arguments`;
  return `${signature.name}() gets ${gets}. Write ${signature.name}(${signature.usage}).`;
}

/** Whether Resource Manager has a function of that name; that of a resource type is none of them. */
export function isFunction(name: string): boolean {
  return byName.has(name) || byName.has(name.toLowerCase());
}

function describeUnknown(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (lower.length < 4 || lower.startsWith('list')) return undefined;
  for (const known of Object.keys(signatures)) {
    // A plural is more likely a new function than a slip.
    if (lower === `${known.toLowerCase()}s` || !isOneSlip(lower, known.toLowerCase())) continue;
    return `Resource Manager has no function "${name}". Write ${known}() if you mean that.`;
  }
  return undefined;
}

/** Whether one character was left out, added, replaced, or swapped with its neighbour. */
function isOneSlip(written: string, meant: string): boolean {
  const [shorter, longer] = written.length < meant.length ? [written, meant] : [meant, written];
  if (longer.length - shorter.length > 1) return false;
  let same = 0;
  while (same < shorter.length && shorter[same] === longer[same]) same++;
  if (shorter.length < longer.length) return shorter.slice(same) === longer.slice(same + 1);
  const isSwapped = shorter[same] === longer[same + 1] && shorter[same + 1] === longer[same];
  return (
    shorter.slice(same + 1) === longer.slice(same + 1) ||
    (isSwapped && shorter.slice(same + 2) === longer.slice(same + 2))
  );
}
