import {
  type Data,
  identityOf,
  joinParts,
  objectFromEntries,
  stringData,
  type UnknownData,
  unknownData,
} from '../data.ts';
import { atDeployment } from './arguments.ts';
import type { BuiltInFunction, CallContext, DeploymentScope, FunctionTable } from './library.ts';

/**
 * Functions about the deployment and the scopes it goes to. Their properties are chosen at deployment; each is unknown
 * under a key such as `resourceGroup().name`, the same that resource ids use.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-scope
 */
export const deploymentFunctions: FunctionTable = {
  resourcegroup: (args, context) => {
    const [first, second] = args;
    const group = second ?? first;
    const subscription = second === undefined ? undefined : first;
    const key = (property: string): string | undefined => {
      const name = group ?? context.deployment?.resourceGroupName;
      const owner = subscription ?? context.deployment?.subscriptionId;
      return scopedKey('resourceGroup', [owner, name], property);
    };
    return objectFromEntries(
      [
        ['id', resourceGroupId(context, group, subscription)],
        ['name', group ?? resourceGroupName(context)],
        ['type', stringData('Microsoft.Resources/resourceGroups', context.origin)],
        ['location', chosen(context, 'the location of the resource group', key('location'))],
        ['tags', chosen(context, 'the tags of the resource group', key('tags'))],
        ['managedBy', chosen(context, 'the owner of the resource group', key('managedBy'))],
      ],
      context.origin,
      true,
    );
  },

  subscription: ([explicit], context) => {
    const subscription = explicit ?? ownSubscription(context);
    const owner = explicit ?? context.deployment?.subscriptionId;
    return objectFromEntries(
      [
        ['id', subscriptionId(context, explicit)],
        ['subscriptionId', subscription],
        ['tenantId', ownTenant(context)],
        ['displayName', chosen(context, 'the subscription', scopedKey('subscription', [owner], 'displayName'))],
      ],
      context.origin,
      true,
    );
  },

  managementgroup: ([explicit], context) =>
    objectFromEntries(
      [
        ['id', managementGroupId(context, explicit)],
        ['name', explicit ?? ownManagementGroup(context)],
        ['type', stringData('Microsoft.Management/managementGroups', context.origin)],
      ],
      context.origin,
      true,
    ),

  tenant: (_args, context) =>
    objectFromEntries(
      [
        ['id', stringData('/', context.origin)],
        ['tenantId', ownTenant(context)],
      ],
      context.origin,
      true,
    ),

  deployment: (_args, context) =>
    objectFromEntries(
      [
        // Without keys: every module is a deployment of its own, with another name.
        ['name', chosen(context, 'the name of the deployment', undefined)],
        ['location', chosen(context, 'the location of the deployment', undefined)],
        ['properties', chosen(context, 'the properties of the deployment', undefined)],
      ],
      context.origin,
      true,
    ),

  environment: (_args, context) => environment(context),

  deployer: (_args, context) =>
    objectFromEntries(
      [
        ['objectId', chosen(context, 'who deploys', 'deployer().objectId')],
        ['tenantId', ownTenant(context)],
        ['userPrincipalName', chosen(context, 'who deploys', 'deployer().userPrincipalName')],
      ],
      context.origin,
      true,
    ),

  reference: atDeployment('what a resource looks like is known only at deployment'),
  references: atDeployment('what a resource looks like is known only at deployment'),
  getsecret: eachTimeAnew('secrets are read at deployment'),
  externalinput: eachTimeAnew('the deployment tool supplies the value'),
  readenvironmentvariable: atDeployment('the environment of the deployment tool supplies the value'),
  readclarg: atDeployment('the command line of the deployment tool supplies the value'),
  readenvvar: atDeployment('the environment of the deployment tool supplies the value'),
  newguid: eachTimeAnew('a new value is drawn at each deployment'),
  utcnow: eachTimeAnew('the time of the deployment supplies the value'),
  guid: atDeployment('hashed values are not computed'),
  uniquestring: atDeployment('hashed values are not computed'),
  datetimeadd: atDeployment('times are not computed'),
  datetimefromepoch: atDeployment('times are not computed'),
  datetimetoepoch: atDeployment('times are not computed'),
  pickzones: atDeployment('availability zones are known only at deployment'),
  tologicalzone: atDeployment('availability zones are known only at deployment'),
  tologicalzones: atDeployment('availability zones are known only at deployment'),
  tophysicalzone: atDeployment('availability zones are known only at deployment'),
  tophysicalzones: atDeployment('availability zones are known only at deployment'),
  providers: atDeployment('what a provider offers is known only at deployment'),
};

/** `/subscriptions/.../resourceGroups/...`; both parts default to those of the deployment. */
export function resourceGroupId(context: CallContext, group?: Data, subscription?: Data): Data {
  const name = group ?? resourceGroupName(context);
  return joinParts([subscriptionId(context, subscription), '/resourceGroups/', name], context.origin);
}

/** `/subscriptions/...`, by default that of the deployment. */
export function subscriptionId(context: CallContext, subscription?: Data): Data {
  return joinParts(['/subscriptions/', subscription ?? ownSubscription(context)], context.origin);
}

/** `/providers/Microsoft.Management/managementGroups/...`, by default that of the deployment. */
export function managementGroupId(context: CallContext, group?: Data): Data {
  const name = group ?? ownManagementGroup(context);
  return joinParts(['/providers/Microsoft.Management/managementGroups/', name], context.origin);
}

/** The kind of scope that the template is deployed to. */
export function scopeKind(context: CallContext): DeploymentScope['kind'] {
  return context.deployment?.kind ?? 'resourceGroup';
}

function resourceGroupName(context: CallContext): Data {
  return context.deployment?.resourceGroupName ?? chosen(context, 'the resource group', 'resourceGroup().name');
}

function ownSubscription(context: CallContext): Data {
  return context.deployment?.subscriptionId ?? chosen(context, 'the subscription', 'subscription().subscriptionId');
}

function ownManagementGroup(context: CallContext): Data {
  return context.deployment?.managementGroupName ?? chosen(context, 'the management group', 'managementGroup().name');
}

function ownTenant(context: CallContext): Data {
  return chosen(context, 'the tenant', 'tenant().tenantId');
}

function chosen(context: CallContext, what: string, key: string | undefined): UnknownData {
  return unknownData('deploy-time', `${what} is known only at deployment`, context.origin, key);
}

/** The key of a property of a scope; a scope other than the deployment's own carries its name. */
function scopedKey(scope: string, names: readonly (Data | undefined)[], property: string): string | undefined {
  if (names.every((name) => name === undefined)) return `${scope}().${property}`;
  const keys = names.map((name) => (name === undefined ? '' : identityOf(name)));
  return keys.includes(undefined) ? undefined : `${scope}(${keys.join(',')}).${property}`;
}

/**
 * Host suffixes of the public Azure cloud; everything else about the cloud is left unknown.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-deployment#environment
 */
const publicCloudSuffixes: Readonly<Record<string, string>> = {
  acrLoginServer: '.azurecr.io',
  keyvaultDns: '.vault.azure.net',
  sqlServerHostname: '.database.windows.net',
  storage: 'core.windows.net',
};

function environment(context: CallContext): Data {
  const suffixes = Object.entries(publicCloudSuffixes).map(
    ([name, text]) => [name, stringData(text, context.origin)] as const,
  );
  return objectFromEntries(
    [
      ['name', chosen(context, 'the cloud', 'environment().name')],
      ['resourceManager', chosen(context, 'the cloud', 'environment().resourceManager')],
      ['authentication', chosen(context, 'the cloud', 'environment().authentication')],
      ['suffixes', objectFromEntries(suffixes, context.origin, true)],
    ],
    context.origin,
    true,
  );
}

/** A function whose every call gives another result, so that no two calls are equal. */
function eachTimeAnew(text: string): BuiltInFunction {
  return (_args, context) => unknownData('deploy-time', text, context.origin);
}
