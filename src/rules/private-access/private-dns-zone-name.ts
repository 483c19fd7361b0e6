import { namedResource, nameInId } from '../../model/queries.ts';
import { knownValue, type Property } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const privateDnsZoneName = defineRule({
  id: 'private-dns-zone-name',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The private DNS zone of a cluster does not have the name that AKS needs.',
  condition:
    'Reports the zone of a private cluster whose name is known and not privatelink.<region>.azmk8s.io, alone or below a subzone of at most 32 characters, with the region of the cluster where that is known. With API Server VNet Integration private.<region>.azmk8s.io is right too. Names that do not end in azmk8s.io are left alone in clusters whose region is not known, as other clouds have others.',
  why: 'AKS writes the name of the API server into the zone, and takes the zone only under the name that belongs to the region.',
  serviceError: { name: 'InvalidPrivateDNSZoneResourceID', region: 'InvalidPrivateDNSZoneResourceID' },
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'aks')}': {}
    }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.azmk8s.io')
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'aks')}': {}
    }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.westeurope.azmk8s.io')
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/private-clusters',
    'https://learn.microsoft.com/azure/aks/api-server-vnet-integration',
  ],
  messages: {
    name: (d: { zone: string; right: string }) =>
      `The private DNS zone is named "${d.zone}", and AKS takes ${d.right} or a subzone of it. Use a zone with that name.`,
    region: (d: { zone: string; zoneRegion: string; region: string }) =>
      `The private DNS zone "${d.zone}" is for the region ${d.zoneRegion}, and the cluster is in ${d.region}. Use the zone privatelink.${d.region}.azmk8s.io.`,
    subzone: (d: { zone: string; length: number }) =>
      `The part of "${d.zone}" before the name that AKS needs has ${d.length} characters, and AKS takes 32. Shorten it.`,
  },

  check(model, report) {
    for (const { apiServerAccessProfile, location } of model.managedClusters) {
      const { enablePrivateCluster, enableVnetIntegration, privateDNSZone } = apiServerAccessProfile;
      if (privateDNSZone?.kind !== 'known' || knownValue(enablePrivateCluster) !== true) continue;
      const id = namedResource(privateDNSZone);
      const zone = id?.includes('/privatednszones/') === true ? nameInId(id) : undefined;
      if (zone === undefined) continue;
      const region = regionOf(location);
      // Sovereign clouds have other suffixes, and regions that start with their names.
      if (region === undefined ? !zone.endsWith('azmk8s.io') : /^(china|usgov|usdod|ussec|usnat)/.test(region))
        continue;
      const at = privateDNSZone.origin;
      const parts = /^(?:(.+)\.)?(privatelink|private)\.([a-z0-9-]+)\.azmk8s\.io$/.exec(zone);
      const mayBePrivate = enableVnetIntegration !== undefined && knownValue(enableVnetIntegration) !== false;
      if (parts === null || (parts[2] === 'private' && !mayBePrivate)) {
        report({ at, message: 'name', data: { zone, right: `privatelink.${region ?? '<region>'}.azmk8s.io` } });
        continue;
      }
      const [, subzone = '', , zoneRegion = ''] = parts;
      if (region !== undefined && zoneRegion !== region) {
        const related =
          location === undefined ? [] : [{ at: location.origin, text: 'The region of the cluster is set here.' }];
        report({ at, message: 'region', data: { zone, zoneRegion, region }, related });
      } else if (subzone.length > 32) report({ at, message: 'subzone', data: { zone, length: subzone.length } });
    }
  },
});

/** The region as Azure names it in addresses; display names have blanks and capitals. */
function regionOf(location: Property<string>): string | undefined {
  const region = knownValue(location)?.toLowerCase().replaceAll(' ', '');
  return region !== undefined && /^[a-z0-9]+$/.test(region) ? region : undefined;
}
