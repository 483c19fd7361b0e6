import { describe, expect, it } from 'vitest';
import { data, hole, invoke, keylessHole, plain, run } from './call.ts';

const group = '/subscriptions/{subscription().subscriptionId}/resourceGroups/{resourceGroup().name}';

describe('resourceId', () => {
  it('names a resource in the group of the deployment', () => {
    expect(run('resourceId', 'Microsoft.Network/virtualNetworks', 'vnet')).toBe(
      `${group}/providers/Microsoft.Network/virtualNetworks/vnet`,
    );
  });

  it('puts each name after its segment of the type', () => {
    expect(run('resourceId', 'Microsoft.Network/virtualNetworks/subnets', 'vnet', 'aks')).toBe(
      `${group}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/aks`,
    );
  });

  it('takes a resource group, or a subscription and a resource group, before the type', () => {
    expect(run('resourceId', 'hub', 'Microsoft.Network/routeTables', 'rt')).toBe(
      '/subscriptions/{subscription().subscriptionId}/resourceGroups/hub/providers/Microsoft.Network/routeTables/rt',
    );
    expect(run('resourceId', 'sub', 'hub', 'Microsoft.Network/routeTables', 'rt')).toBe(
      '/subscriptions/sub/resourceGroups/hub/providers/Microsoft.Network/routeTables/rt',
    );
    expect(run('resourceId', hole('rg'), 'Microsoft.Network/routeTables', 'rt')).toContain('/resourceGroups/{rg}/');
  });

  it('keeps unknown and partly unknown names as parts', () => {
    const name = invoke('concat', [hole('parameters.prefix'), '-vnet']).result;
    expect(run('resourceId', 'Microsoft.Network/virtualNetworks/subnets', name, 'aks')).toBe(
      `${group}/providers/Microsoft.Network/virtualNetworks/{parameters.prefix}-vnet/subnets/aks`,
    );
  });

  it('is unknown when names and segments differ in number', () => {
    expect(run('resourceId', 'Microsoft.Network/virtualNetworks/subnets', 'vnet/aks')).toBe('<invalid-argument>');
    expect(run('resourceId', 'Microsoft.Network')).toBe('<invalid-argument>');
    expect(run('resourceId')).toBe('<invalid-argument>');
    expect(run('resourceId', hole(), 'vnet')).toBe('<parameter-without-default>');
  });

  it('follows the scope of the deployment', () => {
    const deployment = { kind: 'resourceGroup', resourceGroupName: data('hub') } as const;
    const { result } = invoke('resourceId', ['Microsoft.Network/routeTables', 'rt'], deployment);
    expect(plain(result)).toContain('/resourceGroups/hub/');
    const atSubscription = invoke('resourceId', ['Microsoft.Network/routeTables', 'rt'], { kind: 'subscription' });
    expect(plain(atSubscription.result)).toBe(
      '/subscriptions/{subscription().subscriptionId}/providers/Microsoft.Network/routeTables/rt',
    );
    const atTenant = invoke('resourceId', ['Microsoft.Network/routeTables', 'rt'], { kind: 'tenant' });
    expect(plain(atTenant.result)).toBe('/providers/Microsoft.Network/routeTables/rt');
  });
});

describe('the other resource ids', () => {
  it('names resources of a subscription, a management group and the tenant', () => {
    expect(run('subscriptionResourceId', 'Microsoft.Authorization/roleDefinitions', 'r')).toBe(
      '/subscriptions/{subscription().subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/r',
    );
    expect(run('subscriptionResourceId', 'sub', 'Microsoft.Authorization/roleDefinitions', 'r')).toBe(
      '/subscriptions/sub/providers/Microsoft.Authorization/roleDefinitions/r',
    );
    expect(run('managementGroupResourceId', 'Microsoft.Authorization/policyDefinitions', 'p')).toBe(
      '/providers/Microsoft.Management/managementGroups/{managementGroup().name}/providers/Microsoft.Authorization/policyDefinitions/p',
    );
    expect(run('managementGroupResourceId', 'mg', 'Microsoft.Authorization/policyDefinitions', 'p')).toContain(
      '/managementGroups/mg/',
    );
    expect(run('tenantResourceId', 'Microsoft.Authorization/roleDefinitions', 'r')).toBe(
      '/providers/Microsoft.Authorization/roleDefinitions/r',
    );
  });

  it('puts an extension after the id that it extends', () => {
    expect(run('extensionResourceId', '/subscriptions/s', 'Microsoft.Authorization/locks', 'l')).toBe(
      '/subscriptions/s/providers/Microsoft.Authorization/locks/l',
    );
    expect(run('extensionResourceId', hole('vnet'), 'Microsoft.Authorization/locks', 'l')).toBe(
      '{vnet}/providers/Microsoft.Authorization/locks/l',
    );
  });
});

describe('scope functions', () => {
  it('uses the keys of resource ids', () => {
    expect(run('resourceGroup')).toMatchObject({ id: group, name: '<deploy-time>', location: '<deploy-time>' });
    expect(run('subscription')).toMatchObject({ id: '/subscriptions/{subscription().subscriptionId}' });
  });

  it('tells properties of different groups apart', () => {
    const location = (...args: unknown[]): unknown => {
      const { result } = invoke('resourceGroup', args);
      const value = result.kind === 'object' ? result.properties.get('location')?.value : undefined;
      return value?.kind === 'unknown' ? value.key : value;
    };
    expect(location()).toBe('resourceGroup().location');
    expect(location('hub')).toBe('resourceGroup(,hub).location');
    expect(location(keylessHole())).toBe(undefined);
  });

  it('gives equal unknowns the same key and changing ones none', () => {
    expect(invoke('uniqueString', [invoke('resourceGroup', []).result]).result).toMatchObject({ kind: 'unknown' });
    expect(invoke('guid', ['a', 'b']).result).toMatchObject({ key: 'guid("a","b")' });
    expect(invoke('newGuid', []).result).toMatchObject({ kind: 'unknown', key: undefined });
    expect(invoke('utcNow', []).result).toMatchObject({ kind: 'unknown', key: undefined });
    expect(invoke('listKeys', ['id', '2023-01-01']).result).toMatchObject({ reason: { code: 'deploy-time' } });
  });

  it('knows the host suffixes of the public cloud', () => {
    expect(run('environment')).toMatchObject({ suffixes: { acrLoginServer: '.azurecr.io' }, name: '<deploy-time>' });
  });
});
