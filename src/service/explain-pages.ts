/** A page about AKS. */
export function aks(page: string): string {
  return `https://learn.microsoft.com/azure/aks/${page}`;
}

/** A page of the troubleshooting guide. */
export function guide(page: string): string {
  return `https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/${page}`;
}

/** A thread on GitHub, below its address. */
export function issue(path: string): string {
  return `https://github.com/${path}`;
}

/** How AKS uses addresses. */
export const planning = aks('concepts-network-ip-address-planning');
/** The network plugins. */
export const overview = aks('concepts-network-cni-overview');
/** How traffic leaves a cluster. */
export const outbound = aks('egress-outboundtype');
/** Private clusters and their DNS zones. */
export const privateClusters = aks('private-clusters');
/** IPv4 and IPv6 together. */
export const dualStack = aks('configure-dual-stack');
/** Limits of AKS. */
export const quotas = aks('quotas-skus-regions');
/** kubenet and its route tables. */
export const kubenet = aks('configure-kubenet');
/** Network policies. */
export const policies = aks('use-network-policies');
/** Sizes and forms of address prefixes. */
export const subnets = 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq';
/** Peerings of virtual networks. */
export const peering = 'https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview';
/** User-defined routes. */
export const routes = 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview';
