import { cidrHostBits } from './address-space/cidr-host-bits.ts';
import { cidrSyntax } from './address-space/cidr-syntax.ts';
import { configuredRangeOverlap } from './address-space/configured-range-overlap.ts';
import { networkLimitsExceeded } from './address-space/network-limits-exceeded.ts';
import { subnetDuplicateName } from './address-space/subnet-duplicate-name.ts';
import { subnetIpv6PrefixLength } from './address-space/subnet-ipv6-prefix-length.ts';
import { subnetOutsideVnet } from './address-space/subnet-outside-vnet.ts';
import { subnetOverlap } from './address-space/subnet-overlap.ts';
import { subnetPrefixSize } from './address-space/subnet-prefix-size.ts';
import { vnetForbiddenRange } from './address-space/vnet-forbidden-range.ts';
import { vnetNonPrivateRange } from './address-space/vnet-non-private-range.ts';
import { vnetPeeringOverlap } from './address-space/vnet-peering-overlap.ts';
import { vnetPrefixOverlap } from './address-space/vnet-prefix-overlap.ts';
import { vnetPrefixSize } from './address-space/vnet-prefix-size.ts';
import { corednsArgumentCount } from './coredns/coredns-argument-count.ts';
import { corednsAutopathUnverified } from './coredns/coredns-autopath-unverified.ts';
import { corednsCacheDuration } from './coredns/coredns-cache-duration.ts';
import { corednsConfigmapName } from './coredns/coredns-configmap-name.ts';
import { corednsDuplicateDefaultPlugin } from './coredns/coredns-duplicate-default-plugin.ts';
import { corednsDuplicateZone } from './coredns/coredns-duplicate-zone.ts';
import { corednsEditsManagedConfigmap } from './coredns/coredns-edits-managed-configmap.ts';
import { corednsForwardHostname } from './coredns/coredns-forward-hostname.ts';
import { corednsForwardLoop } from './coredns/coredns-forward-loop.ts';
import { corednsForwardNoUpstream } from './coredns/coredns-forward-no-upstream.ts';
import { corednsForwardOutsideZone } from './coredns/coredns-forward-outside-zone.ts';
import { corednsForwardTooMany } from './coredns/coredns-forward-too-many.ts';
import { corednsHostsDuplicate } from './coredns/coredns-hosts-duplicate.ts';
import { corednsHostsEntry } from './coredns/coredns-hosts-entry.ts';
import { corednsHostsFileArgument } from './coredns/coredns-hosts-file-argument.ts';
import { corednsHostsNoFallthrough } from './coredns/coredns-hosts-no-fallthrough.ts';
import { corednsImportCycle } from './coredns/coredns-import-cycle.ts';
import { corednsImportMissing } from './coredns/coredns-import-missing.ts';
import { corednsInternalCloudappUpstream } from './coredns/coredns-internal-cloudapp-upstream.ts';
import { corednsInvalidValue } from './coredns/coredns-invalid-value.ts';
import { corednsKeySuffix } from './coredns/coredns-key-suffix.ts';
import { corednsKubeDnsFormat } from './coredns/coredns-kube-dns-format.ts';
import { corednsMissingData } from './coredns/coredns-missing-data.ts';
import { corednsMissingFile } from './coredns/coredns-missing-file.ts';
import { corednsNamespace } from './coredns/coredns-namespace.ts';
import { corednsNotBlockScalar } from './coredns/coredns-not-block-scalar.ts';
import { corednsOverrideEndsBlock } from './coredns/coredns-override-ends-block.ts';
import { corednsOverrideRootForward } from './coredns/coredns-override-root-forward.ts';
import { corednsOverrideServerBlock } from './coredns/coredns-override-server-block.ts';
import { corednsPluginRepeated } from './coredns/coredns-plugin-repeated.ts';
import { corednsPropertyConflict } from './coredns/coredns-property-conflict.ts';
import { corednsRemovedPlugin } from './coredns/coredns-removed-plugin.ts';
import { corednsRewriteRegex } from './coredns/coredns-rewrite-regex.ts';
import { corednsRewriteRule } from './coredns/coredns-rewrite-rule.ts';
import { corednsRewriteTargetUnresolvable } from './coredns/coredns-rewrite-target-unresolvable.ts';
import { corednsServerBareDirectives } from './coredns/coredns-server-bare-directives.ts';
import { corednsServerRedefinesRoot } from './coredns/coredns-server-redefines-root.ts';
import { corednsUnbalancedBraces } from './coredns/coredns-unbalanced-braces.ts';
import { corednsUnknownPlugin } from './coredns/coredns-unknown-plugin.ts';
import { corednsUnknownProperty } from './coredns/coredns-unknown-property.ts';
import { corednsYamlInvalid } from './coredns/coredns-yaml-invalid.ts';
import { appgwSubnetDefaultRoute } from './egress/appgw-subnet-default-route.ts';
import { bgpPropagationAdvice } from './egress/bgp-propagation-advice.ts';
import { byoRouteTableIdentity } from './egress/byo-route-table-identity.ts';
import { defaultOutboundNote } from './egress/default-outbound-note.ts';
import { egressFqdnListIncomplete } from './egress/egress-fqdn-list-incomplete.ts';
import { gatewaySubnetDefaultRoute } from './egress/gateway-subnet-default-route.ts';
import { kubenetRouteTableShared } from './egress/kubenet-route-table-shared.ts';
import { lbSkuBasic } from './egress/lb-sku-basic.ts';
import { mcrRouteMissing } from './egress/mcr-route-missing.ts';
import { mcrServiceTagPair } from './egress/mcr-service-tag-pair.ts';
import { natDualStack } from './egress/nat-dual-stack.ts';
import { natManagedCustomVnet } from './egress/nat-managed-custom-vnet.ts';
import { natProfileRange } from './egress/nat-profile-range.ts';
import { natSubnetOutboundMismatch } from './egress/nat-subnet-outbound-mismatch.ts';
import { natUserAssignedMissing } from './egress/nat-user-assigned-missing.ts';
import { nvaSameSubnetLoop } from './egress/nva-same-subnet-loop.ts';
import { outboundBlockByoVnet } from './egress/outbound-block-byo-vnet.ts';
import { outboundNoneNotIsolated } from './egress/outbound-none-not-isolated.ts';
import { routeDuplicate } from './egress/route-duplicate.ts';
import { routeNextHopIpForbidden } from './egress/route-next-hop-ip-forbidden.ts';
import { routeNextHopIpRequired } from './egress/route-next-hop-ip-required.ts';
import { routeNextHopType } from './egress/route-next-hop-type.ts';
import { routeServiceTagLimit } from './egress/route-service-tag-limit.ts';
import { routeTableRoleAssignment } from './egress/route-table-role-assignment.ts';
import { staleMcrIpRoute } from './egress/stale-mcr-ip-route.ts';
import { udrDefaultRouteNextHop } from './egress/udr-default-route-next-hop.ts';
import { udrMissingDefaultRoute } from './egress/udr-missing-default-route.ts';
import { udrPublicLbAsymmetric } from './egress/udr-public-lb-asymmetric.ts';
import { udrRouteTableMissing } from './egress/udr-route-table-missing.ts';
import { udrSubnetRequired } from './egress/udr-subnet-required.ts';
import { udrWithLbProfile } from './egress/udr-with-lb-profile.ts';
import { udrWithNodePublicIp } from './egress/udr-with-node-public-ip.ts';
import { functionArgumentInvalid } from './expressions/function-argument-invalid.ts';
import { moduleNotFound } from './expressions/module-not-found.ts';
import { localdnsClusterLocalVnetdns } from './localdns/localdns-cluster-local-vnetdns.ts';
import { localdnsEnum } from './localdns/localdns-enum.ts';
import { localdnsForcetcpVerify } from './localdns/localdns-forcetcp-verify.ts';
import { localdnsRequirements } from './localdns/localdns-requirements.ts';
import { localdnsRootClusterDns } from './localdns/localdns-root-cluster-dns.ts';
import { localdnsVnetExternalDomain } from './localdns/localdns-vnet-external-domain.ts';
import { apiserverSubnetDelegation } from './node-pools/apiserver-subnet-delegation.ts';
import { kubenetSubnetShared } from './node-pools/kubenet-subnet-shared.ts';
import { maxPodsRange } from './node-pools/max-pods-range.ts';
import { maxPodsTotalUnder30 } from './node-pools/max-pods-total-under-30.ts';
import { nodeCountLimits } from './node-pools/node-count-limits.ts';
import { nodePoolSubnetMissing } from './node-pools/node-pool-subnet-missing.ts';
import { nodePoolSubnetsDifferentVnet } from './node-pools/node-pool-subnets-different-vnet.ts';
import { nodeSubnetDelegated } from './node-pools/node-subnet-delegated.ts';
import { nodeSubnetReservedName } from './node-pools/node-subnet-reserved-name.ts';
import { nodeSubnetSharedWithService } from './node-pools/node-subnet-shared-with-service.ts';
import { podIpModeWithoutPodSubnet } from './node-pools/pod-ip-mode-without-pod-subnet.ts';
import { podSubnetDifferentVnet } from './node-pools/pod-subnet-different-vnet.ts';
import { podSubnetMixedMode } from './node-pools/pod-subnet-mixed-mode.ts';
import { podSubnetPreDelegated } from './node-pools/pod-subnet-pre-delegated.ts';
import { subnetNameTooLongOverlay } from './node-pools/subnet-name-too-long-overlay.ts';
import { ciliumDataplanePolicy } from './plugins/cilium-dataplane-policy.ts';
import { dualStackUnsupported } from './plugins/dual-stack-unsupported.ts';
import { kubenetRetirement } from './plugins/kubenet-retirement.ts';
import { networkModeInvalid } from './plugins/network-mode-invalid.ts';
import { networkPolicyPluginMismatch } from './plugins/network-policy-plugin-mismatch.ts';
import { npmRetirement } from './plugins/npm-retirement.ts';
import { overlayRequiresAzure } from './plugins/overlay-requires-azure.ts';
import { pluginUnset } from './plugins/plugin-unset.ts';
import { policyOldKubernetes } from './plugins/policy-old-kubernetes.ts';
import { unsupportedFeatureCombination } from './plugins/unsupported-feature-combination.ts';
import { virtualNodeNetwork } from './plugins/virtual-node-network.ts';
import { windowsPoolNetwork } from './plugins/windows-pool-network.ts';
import { apiserverVnetIntegrationBlocked } from './private-access/apiserver-vnet-integration-blocked.ts';
import { authorizedIpsInvalid } from './private-access/authorized-ips-invalid.ts';
import { authorizedIpsMissingEgress } from './private-access/authorized-ips-missing-egress.ts';
import { authorizedIpsPrivateCluster } from './private-access/authorized-ips-private-cluster.ts';
import { fqdnSubdomainWithoutZone } from './private-access/fqdn-subdomain-without-zone.ts';
import { kubenetByoRouteCustomDnsPrivate } from './private-access/kubenet-byo-route-custom-dns-private.ts';
import { privateClusterApiVersion } from './private-access/private-cluster-api-version.ts';
import { privateClusterCustomDns } from './private-access/private-cluster-custom-dns.ts';
import { privateDnsNoneWithoutPublicFqdn } from './private-access/private-dns-none-without-public-fqdn.ts';
import { privateDnsZoneIdentity } from './private-access/private-dns-zone-identity.ts';
import { privateDnsZoneName } from './private-access/private-dns-zone-name.ts';
import { privateDnsZoneRole } from './private-access/private-dns-zone-role.ts';
import type { Rule } from './rule.ts';
import { nsgApiserverSubnet } from './security/nsg-apiserver-subnet.ts';
import { nsgBlocksEgress } from './security/nsg-blocks-egress.ts';
import { nsgBlocksIntraCluster } from './security/nsg-blocks-intra-cluster.ts';
import { nsgRuleInvalid } from './security/nsg-rule-invalid.ts';
import { aksReservedRange } from './service-network/aks-reserved-range.ts';
import { dnsIpBoundary } from './service-network/dns-ip-boundary.ts';
import { dnsIpFirstAddress } from './service-network/dns-ip-first-address.ts';
import { dnsIpOutsideServiceCidr } from './service-network/dns-ip-outside-service-cidr.ts';
import { dockerBridgeCidrIgnored } from './service-network/docker-bridge-cidr-ignored.ts';
import { dockerBridgeOverlap } from './service-network/docker-bridge-overlap.ts';
import { ipFamiliesInvalid } from './service-network/ip-families-invalid.ts';
import { kubenetNodeLimit } from './service-network/kubenet-node-limit.ts';
import { managedVnetDefaultOverlap } from './service-network/managed-vnet-default-overlap.ts';
import { podCidrIgnored } from './service-network/pod-cidr-ignored.ts';
import { podCidrOverlapService } from './service-network/pod-cidr-overlap-service.ts';
import { podCidrOverlapSubnet } from './service-network/pod-cidr-overlap-subnet.ts';
import { podCidrOverlapVnetOrPeer } from './service-network/pod-cidr-overlap-vnet-or-peer.ts';
import { podCidrPublicRange } from './service-network/pod-cidr-public-range.ts';
import { podCidrTooSmall } from './service-network/pod-cidr-too-small.ts';
import { serviceCidrDefaultOverlap } from './service-network/service-cidr-default-overlap.ts';
import { serviceCidrIpv6TooLarge } from './service-network/service-cidr-ipv6-too-large.ts';
import { serviceCidrOverlapPeer } from './service-network/service-cidr-overlap-peer.ts';
import { serviceCidrOverlapSubnet } from './service-network/service-cidr-overlap-subnet.ts';
import { serviceCidrOverlapVnet } from './service-network/service-cidr-overlap-vnet.ts';
import { serviceCidrPublicRange } from './service-network/service-cidr-public-range.ts';
import { serviceCidrTooLarge } from './service-network/service-cidr-too-large.ts';
import { serviceCidrsMismatch } from './service-network/service-cidrs-mismatch.ts';
import { apiserverSubnetSize } from './sizing/apiserver-subnet-size.ts';
import { lbOutboundPortsInsufficient } from './sizing/lb-outbound-ports-insufficient.ts';
import { nodeSubnetMultiplePrefixes } from './sizing/node-subnet-multiple-prefixes.ts';
import { podSubnetTooSmall } from './sizing/pod-subnet-too-small.ts';
import { specialSubnetSize } from './sizing/special-subnet-size.ts';
import { staticBlockMaxPodsWaste } from './sizing/static-block-max-pods-waste.ts';
import { subnetTooSmallAzureCni } from './sizing/subnet-too-small-azure-cni.ts';
import { subnetTooSmallNodes } from './sizing/subnet-too-small-nodes.ts';
import { subnetTooSmallUpgradeAutoscale } from './sizing/subnet-too-small-upgrade-autoscale.ts';

/** Rules that share a subject; `folder` holds their files. */
export interface RuleArea {
  readonly folder: string;
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** Every area with its rules, in the order of the documentation. */
export const ruleAreas: readonly RuleArea[] = [
  {
    folder: 'address-space',
    title: 'Address space',
    rules: [
      cidrHostBits,
      cidrSyntax,
      configuredRangeOverlap,
      networkLimitsExceeded,
      subnetDuplicateName,
      subnetIpv6PrefixLength,
      subnetOutsideVnet,
      subnetOverlap,
      subnetPrefixSize,
      vnetForbiddenRange,
      vnetNonPrivateRange,
      vnetPeeringOverlap,
      vnetPrefixOverlap,
      vnetPrefixSize,
    ],
  },
  {
    folder: 'service-network',
    title: 'Service network',
    rules: [
      aksReservedRange,
      dnsIpBoundary,
      dnsIpFirstAddress,
      dnsIpOutsideServiceCidr,
      dockerBridgeCidrIgnored,
      dockerBridgeOverlap,
      ipFamiliesInvalid,
      kubenetNodeLimit,
      managedVnetDefaultOverlap,
      podCidrIgnored,
      podCidrOverlapService,
      podCidrOverlapSubnet,
      podCidrOverlapVnetOrPeer,
      podCidrPublicRange,
      podCidrTooSmall,
      serviceCidrDefaultOverlap,
      serviceCidrIpv6TooLarge,
      serviceCidrOverlapPeer,
      serviceCidrOverlapSubnet,
      serviceCidrOverlapVnet,
      serviceCidrPublicRange,
      serviceCidrTooLarge,
      serviceCidrsMismatch,
    ],
  },
  {
    folder: 'sizing',
    title: 'Sizing',
    rules: [
      apiserverSubnetSize,
      lbOutboundPortsInsufficient,
      nodeSubnetMultiplePrefixes,
      podSubnetTooSmall,
      specialSubnetSize,
      staticBlockMaxPodsWaste,
      subnetTooSmallAzureCni,
      subnetTooSmallNodes,
      subnetTooSmallUpgradeAutoscale,
    ],
  },
  {
    folder: 'node-pools',
    title: 'Node pools',
    rules: [
      apiserverSubnetDelegation,
      kubenetSubnetShared,
      maxPodsRange,
      maxPodsTotalUnder30,
      nodeCountLimits,
      nodePoolSubnetMissing,
      nodePoolSubnetsDifferentVnet,
      nodeSubnetDelegated,
      nodeSubnetReservedName,
      nodeSubnetSharedWithService,
      podIpModeWithoutPodSubnet,
      podSubnetDifferentVnet,
      podSubnetMixedMode,
      podSubnetPreDelegated,
      subnetNameTooLongOverlay,
    ],
  },
  {
    folder: 'egress',
    title: 'Egress and routing',
    rules: [
      appgwSubnetDefaultRoute,
      bgpPropagationAdvice,
      byoRouteTableIdentity,
      defaultOutboundNote,
      egressFqdnListIncomplete,
      gatewaySubnetDefaultRoute,
      kubenetRouteTableShared,
      lbSkuBasic,
      mcrRouteMissing,
      mcrServiceTagPair,
      natDualStack,
      natManagedCustomVnet,
      natProfileRange,
      natSubnetOutboundMismatch,
      natUserAssignedMissing,
      nvaSameSubnetLoop,
      outboundBlockByoVnet,
      outboundNoneNotIsolated,
      routeDuplicate,
      routeNextHopIpForbidden,
      routeNextHopIpRequired,
      routeNextHopType,
      routeServiceTagLimit,
      routeTableRoleAssignment,
      staleMcrIpRoute,
      udrDefaultRouteNextHop,
      udrMissingDefaultRoute,
      udrPublicLbAsymmetric,
      udrRouteTableMissing,
      udrSubnetRequired,
      udrWithLbProfile,
      udrWithNodePublicIp,
    ],
  },
  {
    folder: 'security',
    title: 'Security groups',
    rules: [nsgApiserverSubnet, nsgBlocksEgress, nsgBlocksIntraCluster, nsgRuleInvalid],
  },
  {
    folder: 'private-access',
    title: 'Private clusters and API server access',
    rules: [
      apiserverVnetIntegrationBlocked,
      authorizedIpsInvalid,
      authorizedIpsMissingEgress,
      authorizedIpsPrivateCluster,
      fqdnSubdomainWithoutZone,
      kubenetByoRouteCustomDnsPrivate,
      privateClusterApiVersion,
      privateClusterCustomDns,
      privateDnsNoneWithoutPublicFqdn,
      privateDnsZoneIdentity,
      privateDnsZoneName,
      privateDnsZoneRole,
    ],
  },
  {
    folder: 'plugins',
    title: 'Network plugins and policies',
    rules: [
      ciliumDataplanePolicy,
      dualStackUnsupported,
      kubenetRetirement,
      networkModeInvalid,
      networkPolicyPluginMismatch,
      npmRetirement,
      overlayRequiresAzure,
      pluginUnset,
      policyOldKubernetes,
      unsupportedFeatureCombination,
      virtualNodeNetwork,
      windowsPoolNetwork,
    ],
  },
  { folder: 'expressions', title: 'Template expressions', rules: [functionArgumentInvalid, moduleNotFound] },
  {
    folder: 'coredns',
    title: 'CoreDNS',
    rules: [
      corednsArgumentCount,
      corednsAutopathUnverified,
      corednsCacheDuration,
      corednsConfigmapName,
      corednsDuplicateDefaultPlugin,
      corednsDuplicateZone,
      corednsEditsManagedConfigmap,
      corednsForwardHostname,
      corednsForwardLoop,
      corednsForwardNoUpstream,
      corednsForwardOutsideZone,
      corednsForwardTooMany,
      corednsHostsDuplicate,
      corednsHostsEntry,
      corednsHostsFileArgument,
      corednsHostsNoFallthrough,
      corednsImportCycle,
      corednsImportMissing,
      corednsInternalCloudappUpstream,
      corednsInvalidValue,
      corednsKeySuffix,
      corednsKubeDnsFormat,
      corednsMissingData,
      corednsMissingFile,
      corednsNamespace,
      corednsNotBlockScalar,
      corednsOverrideEndsBlock,
      corednsOverrideRootForward,
      corednsOverrideServerBlock,
      corednsPluginRepeated,
      corednsPropertyConflict,
      corednsRemovedPlugin,
      corednsRewriteRegex,
      corednsRewriteRule,
      corednsRewriteTargetUnresolvable,
      corednsServerBareDirectives,
      corednsServerRedefinesRoot,
      corednsUnbalancedBraces,
      corednsUnknownPlugin,
      corednsUnknownProperty,
      corednsYamlInvalid,
    ],
  },
  {
    folder: 'localdns',
    title: 'LocalDNS',
    rules: [
      localdnsClusterLocalVnetdns,
      localdnsEnum,
      localdnsForcetcpVerify,
      localdnsRequirements,
      localdnsRootClusterDns,
      localdnsVnetExternalDomain,
    ],
  },
];

/** Every rule, by area and then by name. */
export const rules: readonly Rule[] = ruleAreas.flatMap((area) => area.rules);
