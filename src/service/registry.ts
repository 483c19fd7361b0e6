import { type JsonValue, parseJsonc } from '../arm/index.ts';

/** A module in a registry, its alias resolved. */
export interface RegistryModule {
  readonly kind: 'br';
  /** Host, with its port where it has one. */
  readonly registry: string;
  readonly path: string;
  /** A tag, or a digest with its algorithm: `sha256:...`. */
  readonly version: string;
}

/** A template spec, its alias resolved. */
export interface TemplateSpec {
  readonly kind: 'ts';
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly version: string;
}

/** What a reference names that does not lead to a file beside the template. */
export type RemoteModule = RegistryModule | TemplateSpec;

/** `scheme/alias:path` or `scheme:path`; the path ends with a version. */
const reference = /^(br|ts)(?:\/([\w-]+))?:(.+?)(?::([\w][\w.-]*)|@(sha256:[0-9a-f]{64}))$/;

/** The aliases that a `bicepconfig.json` declares, as it writes them. */
export type ModuleAliases = JsonValue | undefined;

/** What a `bicepconfig.json` says of modules. */
export interface BicepConfiguration {
  readonly aliases: ModuleAliases;
  /** The folder for restored modules as it is written; undefined where it is the usual one. */
  readonly cacheRoot: string | undefined;
}

/** Reads the text of a `bicepconfig.json`. */
export function readBicepConfiguration(text: string): BicepConfiguration {
  const { root } = parseJsonc(text);
  const cacheRoot = textAt(root, 'cacheRootDirectory');
  return { aliases: memberAt(root, 'moduleAliases'), cacheRoot: cacheRoot?.trim() === '' ? undefined : cacheRoot };
}

/** The alias that needs no declaration. https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-config-modules */
const publicAlias = { registry: 'mcr.microsoft.com', modulePath: 'bicep' };

/** Whether a reference names a module of a registry or a template spec, rather than a file. */
export function isRemote(path: string): boolean {
  return /^(br|ts)(\/[^:]*)?:/.test(path);
}

/** The alias in a reference that only a configuration can explain. */
export function declaredAlias(path: string): string | undefined {
  const [, scheme, alias] = reference.exec(path) ?? [];
  return alias === undefined || (scheme === 'br' && alias === 'public') ? undefined : alias;
}

/** What a reference names; undefined where it is malformed or its alias is not among the `aliases`. */
export function readReference(path: string, aliases: ModuleAliases): RemoteModule | undefined {
  const [, scheme, alias, middle = '', tag, digest] = reference.exec(path) ?? [];
  const version = tag ?? digest;
  if (version === undefined) return undefined;
  return scheme === 'br'
    ? registryModule(alias, middle, version, aliases)
    : templateSpec(alias, middle, version, aliases);
}

function registryModule(
  alias: string | undefined,
  path: string,
  version: string,
  aliases: ModuleAliases,
): RegistryModule | undefined {
  if (alias === undefined) {
    const slash = path.indexOf('/');
    if (slash <= 0) return undefined;
    return { kind: 'br', registry: path.slice(0, slash), path: path.slice(slash + 1), version };
  }
  const registry = textAt(aliases, 'br', alias, 'registry');
  const declared =
    registry === undefined ? undefined : { registry, modulePath: textAt(aliases, 'br', alias, 'modulePath') };
  const found = declared ?? (alias === 'public' ? publicAlias : undefined);
  if (found === undefined) return undefined;
  const prefix = found.modulePath === undefined ? '' : `${found.modulePath.replace(/\/+$/, '')}/`;
  return { kind: 'br', registry: found.registry, path: prefix + path, version };
}

function templateSpec(
  alias: string | undefined,
  path: string,
  version: string,
  aliases: ModuleAliases,
): TemplateSpec | undefined {
  if (alias === undefined) {
    const [subscription, resourceGroup, name, ...rest] = path.split('/');
    if (subscription === undefined || resourceGroup === undefined || name === undefined || rest.length > 0) {
      return undefined;
    }
    return { kind: 'ts', subscription, resourceGroup, name, version };
  }
  const subscription = textAt(aliases, 'ts', alias, 'subscription');
  const resourceGroup = textAt(aliases, 'ts', alias, 'resourceGroup');
  if (subscription === undefined || resourceGroup === undefined) return undefined;
  return { kind: 'ts', subscription, resourceGroup, name: path, version };
}

function textAt(data: ModuleAliases, ...path: readonly string[]): string | undefined {
  const value = path.reduce(memberAt, data);
  return value?.kind === 'text' ? value.value : undefined;
}

function memberAt(data: ModuleAliases, name: string): ModuleAliases {
  return data?.kind === 'object' ? data.members.find((member) => member.name === name)?.value : undefined;
}

/**
 * Where Bicep keeps a module that it has restored, below its cache folder. Undefined for tags with capitals, which it
 * encodes, and for names that would lead out of the folder.
 */
export function cachedPath(module: RemoteModule): string | undefined {
  const segments =
    module.kind === 'br'
      ? [
          'br',
          module.registry.replaceAll(':', '$').toLowerCase(),
          module.path.replaceAll('/', '$'),
          module.version.startsWith('sha256:') ? module.version.replace(':', '#') : `${module.version}$`,
        ]
      : ['ts', module.subscription, module.resourceGroup, module.name, module.version].map((part) =>
          part.toLowerCase(),
        );
  const isEncoded = module.kind === 'br' && /[A-Z]/.test(module.version);
  if (isEncoded || segments.some((segment) => /^\.*$|[/\\]/.test(segment))) return undefined;
  return [...segments, 'main.json'].map(encodeURIComponent).join('/');
}
