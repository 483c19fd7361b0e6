import { type Data, joinParts, type UnknownData } from '../data.ts';
import { isOpaque, unusable } from './arguments.ts';
import { managementGroupId, resourceGroupId, scopeKind, subscriptionId } from './deployment.ts';
import type { BuiltInFunction, CallContext, FunctionTable } from './library.ts';

/**
 * The `resourceId` family. Ids are built as text in which the parts that are chosen at deployment stay unknown under
 * their canonical keys, so that equal ids are recognised.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid
 */
export const resourceIdFunctions: FunctionTable = {
  resourceid: identify(2, (scope, context) => {
    const [first, second] = scope;
    if (second !== undefined) return resourceGroupId(context, second, first);
    switch (scopeKind(context)) {
      case 'resourceGroup':
        return resourceGroupId(context, first);
      case 'subscription':
        return subscriptionId(context, first);
      default:
        return undefined;
    }
  }),
  subscriptionresourceid: identify(1, ([subscription], context) => subscriptionId(context, subscription)),
  managementgroupresourceid: identify(1, ([group], context) => managementGroupId(context, group)),
  tenantresourceid: identify(0, () => undefined),

  extensionresourceid: ([base, ...rest], context) => {
    if (base === undefined) return unusable(base, context, 'the id of a resource');
    const parts = resourcePath(rest, 0, context);
    return 'kind' in parts ? parts : joinId([base, ...parts.path], context);
  },
};

/**
 * A function that takes up to `maxScopes` scope arguments, the type and one name for each segment of the type.
 * `prefixOf` gives the id of the scope; undefined is the tenant.
 */
function identify(
  maxScopes: number,
  prefixOf: (scope: readonly Data[], context: CallContext) => Data | undefined,
): BuiltInFunction {
  return (args, context) => {
    const parts = resourcePath(args, maxScopes, context);
    if ('kind' in parts) return parts;
    const prefix = prefixOf(args.slice(0, parts.scopes), context);
    return joinId(prefix === undefined ? parts.path : [prefix, ...parts.path], context);
  };
}

interface ResourcePath {
  /** How many arguments stand before the type. */
  readonly scopes: number;
  /** `/providers/TYPE/name/...` */
  readonly path: readonly (string | Data)[];
}

/** Finds the type among the first arguments: the one whose segments and the names after it are equal in number. */
function resourcePath(args: readonly Data[], maxScopes: number, context: CallContext): ResourcePath | UnknownData {
  for (let scopes = 0; scopes <= maxScopes && scopes < args.length; scopes++) {
    const type = args[scopes];
    if (type?.kind !== 'string') continue;
    const segments = type.value.split('/');
    const names = args.length - scopes - 1;
    if (segments.length < 2 || segments.length !== names + 1) continue;
    const path: (string | Data)[] = [`/providers/${segments[0]}`];
    for (let at = 1; at <= names; at++) path.push(`/${segments[at]}/`, args[scopes + at] ?? '');
    return { scopes, path };
  }
  const obscure = args.slice(0, maxScopes + 1).find((arg) => isOpaque(arg) || arg.kind === 'partial');
  if (obscure !== undefined) return unusable(obscure, context, 'a resource type');
  return context.unknown('invalid-argument', `${context.call.name}() needs one name for each segment of the type`);
}

function joinId(pieces: readonly (string | Data)[], context: CallContext): Data {
  const blocked = pieces.find((piece) => typeof piece !== 'string' && !isName(piece));
  if (blocked !== undefined && typeof blocked !== 'string') return unusable(blocked, context, 'names');
  return joinParts(pieces, context.origin);
}

function isName(data: Data): boolean {
  return data.kind === 'string' || data.kind === 'partial' || data.kind === 'unknown';
}
