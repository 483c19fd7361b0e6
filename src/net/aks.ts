import { type Address, formatAddress } from './address.ts';
import { addressAt, type Cidr, cidr, formatCidr, overlaps } from './cidr.ts';

/**
 * Ranges that neither services nor pods nor the virtual network of a cluster may touch, whatever the network plugin.
 * https://learn.microsoft.com/azure/aks/concepts-network-cni-overview and
 * https://learn.microsoft.com/azure/aks/configure-kubenet
 */
export const reservedRanges: readonly Cidr[] = [
  cidr('169.254.0.0/16'),
  cidr('172.30.0.0/16'),
  cidr('172.31.0.0/16'),
  cidr('192.0.2.0/24'),
];

/**
 * What AKS uses where a template says nothing. There are no IPv6 defaults to rely on: the documentation names fixed
 * ranges, the release notes random ones.
 * https://github.com/Azure/azure-rest-api-specs/tree/main/specification/containerservice (managedClusters),
 * https://learn.microsoft.com/azure/aks/configure-kubenet
 */
export const defaults = {
  /** Used when neither `serviceCidr` nor `serviceCidrs` is set. */
  serviceCidr: '10.0.0.0/16',
  /** A fixed address, not derived from the service range. */
  dnsServiceIP: '10.0.0.10',
  /** Overlay and kubenet only. */
  podCidr: '10.244.0.0/16',
  /** API versions before {@link dockerBridgeRemovedIn} only, and ignored there since March 2023. */
  dockerBridgeCidr: '172.17.0.1/16',
  outboundType: 'loadBalancer',
  loadBalancerSku: 'standard',
} as const;

/**
 * The first API version without `dockerBridgeCidr`.
 * https://github.com/Azure/AKS/blob/master/CHANGELOG.md, releases 2023-03-05 and 2023-05-07
 */
export const dockerBridgeRemovedIn = '2023-04-01';

/**
 * The network that AKS makes for a cluster without a subnet. Until February 2022 nodes were in 10.240.0.0/16.
 * https://github.com/Azure/AKS/blob/master/CHANGELOG.md, release 2022-02-24
 */
export const managedNetwork = { addressSpace: cidr('10.224.0.0/12'), nodeSubnet: cidr('10.224.0.0/16') } as const;

/**
 * The place of the DNS service in its range: network + 10 as in the default, or network + 2 where the range is too
 * small for that. Network + 1 is taken by the API server. Undefined where the range has no room.
 * https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
 */
export function suggestDnsServiceIP(serviceCidr: Cidr): string | undefined {
  const host = (index: number): Address | undefined => {
    const address = addressAt(serviceCidr, index);
    return address !== undefined && address.value < serviceCidr.last ? address : undefined;
  };
  const address = host(10) ?? host(2);
  return address === undefined ? undefined : formatAddress(address);
}

/**
 * Private ranges to propose for services or pods, best first: those that AKS examples use and that lie outside of its
 * reserved ranges, its managed network and its other defaults.
 */
export const proposedRanges: readonly Cidr[] = [
  ...Array.from({ length: 14 }, (_, index) => cidr(`172.${index + 16}.0.0/16`)),
  cidr('192.168.0.0/16'),
  ...Array.from({ length: 255 }, (_, index) => cidr(`10.${255 - index}.0.0/16`)).filter(
    (range) => !overlaps(range, managedNetwork.addressSpace) && formatCidr(range) !== defaults.podCidr,
  ),
];

/**
 * Prefix lengths of service ranges. IPv4: the documentation asks for longer than /12, the Kubernetes API server takes
 * /12 too. https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning,
 * IPv6: https://learn.microsoft.com/azure/aks/configure-dual-stack
 */
export const serviceCidrLengths = { shortestIPv4: 12, shortestIPv6: 108 } as const;

/**
 * Documented limits of AKS. https://learn.microsoft.com/azure/aks/quotas-skus-regions,
 * https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
 */
export const limits = {
  nodesPerCluster: 5_000,
  nodesPerPool: 1_000,
  pools: 100,
  smallestMaxPods: 10,
  largestMaxPods: 250,
  /** Pods that each pool must offer in all. */
  podsPerPool: 30,
  windowsMaxPods: 110,
  /** https://learn.microsoft.com/azure/aks/configure-kubenet */
  kubenetNodes: 400,
  /** Azure Network Policy Manager. https://learn.microsoft.com/azure/aks/use-network-policies */
  policyManagerNodes: 250,
  /**
   * Names of subnet, network and resource group under overlay.
   * https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
   */
  overlayNameLength: 63,
  /** https://learn.microsoft.com/azure/aks/api-server-vnet-integration */
  apiServerSubnetLength: 28,
  /**
   * Largest pod subnet with static blocks.
   * https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation
   */
  staticPodSubnetLength: 12,
} as const;

/**
 * Outbound ports (SNAT) of the load balancer. `allocatedOutboundPorts` is a multiple of `step`, up to `most`; the managed
 * addresses are up to `mostAddresses`. https://learn.microsoft.com/azure/aks/load-balancer-standard,
 * https://github.com/Azure/azure-rest-api-specs/tree/main/specification/containerservice (managedClusters)
 */
export const outboundPorts = { perAddress: 64_000, step: 8, most: 64_000, mostAddresses: 100 } as const;

/**
 * The service that pod and API server subnets are delegated to.
 * https://learn.microsoft.com/azure/aks/api-server-vnet-integration
 */
export const subnetDelegation = 'Microsoft.ContainerService/managedClusters';

/**
 * Built-in roles by their ids: the one that AKS asks for on subnets and route tables of your own, and those that clusters
 * are often given and that do not let them manage a network.
 * https://learn.microsoft.com/azure/aks/concepts-network-cni-overview,
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export const networkRoles = {
  networkContributor: '4d97b98b-1d4f-4787-a291-c67834d212e7',
  /** Enough for a private DNS zone alone. */
  privateDnsZoneContributor: 'b12aa53e-6015-4669-85d0-8515ebb3ae7f',
  insufficient: [
    /* Reader */ 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
    /* Managed Identity Operator */ 'f1a07417-d97a-45cb-824c-7a7467783830',
    /* Monitoring Metrics Publisher */ '3913510d-42f4-4e42-8a64-420c390055eb',
    /* Private DNS Zone Contributor */ 'b12aa53e-6015-4669-85d0-8515ebb3ae7f',
  ] as readonly string[],
} as const;

/**
 * How nodes reach the Microsoft Container Registry. No page publishes fixed addresses for it; the one that older guides
 * put into routes no longer covers the registry and never covered its data endpoint.
 * https://github.com/microsoft/containerregistry/blob/main/docs/client-firewall-rules.md,
 * https://learn.microsoft.com/azure/aks/outbound-rules-control-egress
 */
export const containerRegistry = {
  fqdn: 'mcr.microsoft.com',
  dataFqdn: '*.data.mcr.microsoft.com',
  /** All names that AKS lists for it. */
  names: ['mcr.microsoft.com', '*.data.mcr.microsoft.com', 'mcr-0001.mcr-msedge.net'] as readonly string[],
  stalePrefixes: [cidr('204.79.197.219/32')],
  /** Both are needed: the second carries the layers. */
  serviceTags: ['MicrosoftContainerRegistry', 'AzureFrontDoor.FirstParty'],
} as const;

/**
 * The Azure Firewall FQDN tag that stands for all names that AKS needs.
 * https://learn.microsoft.com/azure/aks/limit-egress-traffic
 */
export const firewallFqdnTag = 'AzureKubernetesService';

/** A host name that nodes must reach. */
export interface RequiredEndpoint {
  /** `*` on its left stands for one or more labels, `<location>` for the region. */
  readonly fqdn: string;
  readonly port: number;
  /** Whether a pattern is a part of the name, in lower case: one host of a domain, one region. */
  readonly parts: RegExp;
  /** Service tags that may stand for its addresses. */
  readonly serviceTags: readonly string[];
}

/** The clouds whose lists of required names differ. */
export type Cloud = 'public' | 'china' | 'usGovernment';

/**
 * Host names that every cluster needs, by cloud.
 * https://learn.microsoft.com/azure/aks/outbound-rules-control-egress
 */
export const requiredEndpoints: Readonly<Record<Cloud, readonly RequiredEndpoint[]>> = {
  public: https(
    '*.hcp.<location>.azmk8s.io',
    'mcr.microsoft.com',
    '*.data.mcr.microsoft.com',
    'mcr-0001.mcr-msedge.net',
    'management.azure.com',
    'login.microsoftonline.com',
    'packages.microsoft.com',
    'acs-mirror.azureedge.net',
    'packages.aks.azure.com',
  ),
  china: https(
    '*.hcp.<location>.cx.prod.service.azk8s.cn',
    '*.tun.<location>.cx.prod.service.azk8s.cn',
    'mcr.microsoft.com',
    '*.data.mcr.microsoft.com',
    'management.chinacloudapi.cn',
    'login.chinacloudapi.cn',
    'packages.microsoft.com',
    '*.azk8s.cn',
    'mcr.azure.cn',
    '*.data.mcr.azure.cn',
  ),
  usGovernment: https(
    '*.hcp.<location>.cx.aks.containerservice.azure.us',
    'mcr.microsoft.com',
    '*.data.mcr.microsoft.com',
    'management.usgovcloudapi.net',
    'login.microsoftonline.us',
    'packages.microsoft.com',
    'acs-mirror.azureedge.net',
    'packages.aks.azure.com',
  ),
};

/** A required host name, which is always for HTTPS. */
export function requiredEndpoint(fqdn: string): RequiredEndpoint {
  const parts = fqdn.replaceAll('.', '\\.').replace('*', '.*').replace('<location>', '[^.]+');
  return { fqdn, port: 443, parts: new RegExp(`^${parts}$`), serviceTags: serviceTagsOf(fqdn) };
}

/**
 * The service tags that stand for the addresses of a required name. Front Door carries many of them, and which is not
 * published.
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
function serviceTagsOf(fqdn: string): readonly string[] {
  if (fqdn === containerRegistry.fqdn) return ['MicrosoftContainerRegistry'];
  if (fqdn.startsWith('login.')) return ['AzureActiveDirectory', 'AzureFrontDoor'];
  if (fqdn.startsWith('management.')) return ['AzureResourceManager', 'AzureFrontDoor'];
  return ['AzureFrontDoor'];
}

function https(...names: readonly string[]): RequiredEndpoint[] {
  return names.map(requiredEndpoint);
}
