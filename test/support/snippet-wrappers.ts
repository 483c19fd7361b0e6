/** A file of `snippets/`. */
export type SnippetFile = 'bicep.json' | 'arm.json' | 'corefile-yaml.json' | 'corefile.json';

/** What a snippet needs around it to be a whole file. */
export interface SnippetWrapper {
  readonly fileName: string;
  /** Holds one line with nothing but {@link insertionLine}, where the snippet goes. */
  readonly text: string;
}

/** Stands for the snippet in a wrapper. */
export const insertionLine = '<snippet>';

const bicepResource: SnippetWrapper = {
  fileName: 'main.bicep',
  text: `param location string = 'westeurope'

${insertionLine}
`,
};

const bicepPrivateCluster: SnippetWrapper = {
  fileName: 'main.bicep',
  text: `param location string = 'westeurope'

@description('The network that holds the DNS servers.')
param hubVirtualNetworkId string

${insertionLine}
`,
};

/** A cluster in a network of its own; `subnet` adds properties to the node subnet, `resources` whole resources. */
function bicepCluster(subnet = '', resources = '', otherSubnets = ''): SnippetWrapper {
  return {
    fileName: 'main.bicep',
    text: `param location string = 'westeurope'
${resources}
resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-aks'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: [
        '10.10.0.0/16'
      ]
    }
    subnets: [
      {
        name: 'aks-nodes'
        properties: {
          addressPrefix: '10.10.0.0/22'${subnet}
        }
      }${otherSubnets}
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: location
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        osType: 'Linux'
        vmSize: 'Standard_D4s_v5'
        count: 3
        vnetSubnetID: '\${virtualNetwork.id}/subnets/aks-nodes'
      }
    ]
    ${insertionLine}
  }
}
`,
  };
}

const bicepClusterBehindFirewall = bicepCluster(
  `
          routeTable: {
            id: routeTable.id
          }`,
  `
resource routeTable 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-aks'
  location: location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default-through-firewall'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.10.255.4'
        }
      }
      {
        name: 'answers-through-firewall'
        properties: {
          addressPrefix: '20.50.2.10/32'
          nextHopType: 'Internet'
        }
      }
    ]
  }
}

resource firewallAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-firewall'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'firewall'
  location: location
  properties: {
    ipConfigurations: [
      {
        name: 'default'
        properties: {
          publicIPAddress: {
            id: firewallAddress.id
          }
          subnet: {
            id: '\${virtualNetwork.id}/subnets/AzureFirewallSubnet'
          }
        }
      }
    ]
    applicationRuleCollections: [
      {
        name: 'aks'
        properties: {
          priority: 100
          action: {
            type: 'Allow'
          }
          rules: [
            {
              name: 'required'
              sourceAddresses: [
                '10.10.0.0/22'
              ]
              fqdnTags: [
                'AzureKubernetesService'
              ]
            }
            {
              name: 'container-registry'
              sourceAddresses: [
                '10.10.0.0/22'
              ]
              protocols: [
                {
                  protocolType: 'Https'
                  port: 443
                }
              ]
              targetFqdns: [
                'mcrprod.azurecr.io'
              ]
            }
          ]
        }
      }
    ]
  }
}
`,
  `
      {
        name: 'AzureFirewallSubnet'
        properties: {
          addressPrefix: '10.10.255.0/26'
        }
      }`,
);

const bicepClusterWithNatGateway = bicepCluster(
  `
          natGateway: {
            id: natGateway.id
          }`,
  `
resource natAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-nat'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource natGateway 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'nat-aks'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: natAddress.id
      }
    ]
  }
}
`,
);

const armParameters = `"location": { "type": "string", "defaultValue": "westeurope" }`;

function armTemplate(resources: string, parameters = armParameters): SnippetWrapper {
  return {
    fileName: 'azuredeploy.json',
    text: `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    ${parameters}
  },
  "resources": [
${resources}
  ]
}
`,
  };
}

const armResource = armTemplate(`    ${insertionLine}`);

const armPrivateCluster = armTemplate(
  `    ${insertionLine}`,
  `${armParameters},
    "hubVirtualNetworkId": { "type": "string" }`,
);

/** The twin of {@link bicepCluster}. */
function armCluster(subnet = '', resources = '', otherSubnets = '', networkDependsOn = ''): SnippetWrapper {
  return armTemplate(`${resources}    {
      "type": "Microsoft.Network/virtualNetworks",
      "apiVersion": "2024-05-01",
      "name": "vnet-aks",
      "location": "[parameters('location')]",
      "properties": {
        "addressSpace": { "addressPrefixes": ["10.10.0.0/16"] },
        "subnets": [
          {
            "name": "aks-nodes",
            "properties": {
              "addressPrefix": "10.10.0.0/22"${subnet}
            }
          }${otherSubnets}
        ]
      },
      "dependsOn": [${networkDependsOn}]
    },
    {
      "type": "Microsoft.ContainerService/managedClusters",
      "apiVersion": "2025-01-01",
      "name": "aks",
      "location": "[parameters('location')]",
      "identity": { "type": "SystemAssigned" },
      "properties": {
        "dnsPrefix": "aks",
        "agentPoolProfiles": [
          {
            "name": "system",
            "mode": "System",
            "osType": "Linux",
            "vmSize": "Standard_D4s_v5",
            "count": 3,
            "vnetSubnetID": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-aks', 'aks-nodes')]"
          }
        ],
        ${insertionLine}
      },
      "dependsOn": ["[resourceId('Microsoft.Network/virtualNetworks', 'vnet-aks')]"]
    }`);
}

const armClusterBehindFirewall = armCluster(
  `,
              "routeTable": { "id": "[resourceId('Microsoft.Network/routeTables', 'rt-aks')]" }`,
  `    {
      "type": "Microsoft.Network/routeTables",
      "apiVersion": "2024-05-01",
      "name": "rt-aks",
      "location": "[parameters('location')]",
      "properties": {
        "disableBgpRoutePropagation": true,
        "routes": [
          {
            "name": "default-through-firewall",
            "properties": {
              "addressPrefix": "0.0.0.0/0",
              "nextHopType": "VirtualAppliance",
              "nextHopIpAddress": "10.10.255.4"
            }
          },
          {
            "name": "answers-through-firewall",
            "properties": { "addressPrefix": "20.50.2.10/32", "nextHopType": "Internet" }
          }
        ]
      }
    },
    {
      "type": "Microsoft.Network/publicIPAddresses",
      "apiVersion": "2024-05-01",
      "name": "pip-firewall",
      "location": "[parameters('location')]",
      "sku": { "name": "Standard" },
      "properties": { "publicIPAllocationMethod": "Static" }
    },
    {
      "type": "Microsoft.Network/azureFirewalls",
      "apiVersion": "2024-05-01",
      "name": "firewall",
      "location": "[parameters('location')]",
      "properties": {
        "ipConfigurations": [
          {
            "name": "default",
            "properties": {
              "publicIPAddress": { "id": "[resourceId('Microsoft.Network/publicIPAddresses', 'pip-firewall')]" },
              "subnet": {
                "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-aks', 'AzureFirewallSubnet')]"
              }
            }
          }
        ],
        "applicationRuleCollections": [
          {
            "name": "aks",
            "properties": {
              "priority": 100,
              "action": { "type": "Allow" },
              "rules": [
                {
                  "name": "required",
                  "sourceAddresses": ["10.10.0.0/22"],
                  "fqdnTags": ["AzureKubernetesService"]
                },
                {
                  "name": "container-registry",
                  "sourceAddresses": ["10.10.0.0/22"],
                  "protocols": [{ "protocolType": "Https", "port": 443 }],
                  "targetFqdns": ["mcrprod.azurecr.io"]
                }
              ]
            }
          }
        ]
      },
      "dependsOn": [
        "[resourceId('Microsoft.Network/virtualNetworks', 'vnet-aks')]",
        "[resourceId('Microsoft.Network/publicIPAddresses', 'pip-firewall')]"
      ]
    },
`,
  `,
          {
            "name": "AzureFirewallSubnet",
            "properties": { "addressPrefix": "10.10.255.0/26" }
          }`,
  `"[resourceId('Microsoft.Network/routeTables', 'rt-aks')]"`,
);

const armClusterWithNatGateway = armCluster(
  `,
              "natGateway": { "id": "[resourceId('Microsoft.Network/natGateways', 'nat-aks')]" }`,
  `    {
      "type": "Microsoft.Network/publicIPAddresses",
      "apiVersion": "2024-05-01",
      "name": "pip-nat",
      "location": "[parameters('location')]",
      "sku": { "name": "Standard" },
      "properties": { "publicIPAllocationMethod": "Static" }
    },
    {
      "type": "Microsoft.Network/natGateways",
      "apiVersion": "2024-05-01",
      "name": "nat-aks",
      "location": "[parameters('location')]",
      "sku": { "name": "Standard" },
      "properties": {
        "publicIpAddresses": [{ "id": "[resourceId('Microsoft.Network/publicIPAddresses', 'pip-nat')]" }]
      },
      "dependsOn": ["[resourceId('Microsoft.Network/publicIPAddresses', 'pip-nat')]"]
    },
`,
  '',
  `"[resourceId('Microsoft.Network/natGateways', 'nat-aks')]"`,
);

const wholeConfigMap: SnippetWrapper = { fileName: 'coredns-custom.yaml', text: `${insertionLine}\n` };

const configMapEntry: SnippetWrapper = {
  fileName: 'coredns-custom.yaml',
  text: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  ${insertionLine}
`,
};

const wholeCorefile: SnippetWrapper = { fileName: 'Corefile', text: `${insertionLine}\n` };

const corefileDirective: SnippetWrapper = {
  fileName: 'Corefile',
  text: `.:53 {
    errors
    ${insertionLine}
    forward . /etc/resolv.conf
    cache 30
}
`,
};

/** For every snippet file the wrapper of each snippet, by prefix. */
export const wrappers: Readonly<Record<SnippetFile, Readonly<Record<string, SnippetWrapper>>>> = {
  'bicep.json': {
    'aksnet-vnet': bicepResource,
    'aksnet-route-table': bicepResource,
    'aksnet-network-azure-cni': bicepCluster(),
    'aksnet-network-overlay': bicepCluster(),
    'aksnet-network-cilium': bicepCluster(),
    'aksnet-network-udr': bicepClusterBehindFirewall,
    'aksnet-network-nat-gateway': bicepClusterWithNatGateway,
    'aksnet-private-cluster': bicepPrivateCluster,
  },
  'arm.json': {
    'aksnet-vnet': armResource,
    'aksnet-route-table': armResource,
    'aksnet-network-azure-cni': armCluster(),
    'aksnet-network-overlay': armCluster(),
    'aksnet-network-cilium': armCluster(),
    'aksnet-network-udr': armClusterBehindFirewall,
    'aksnet-network-nat-gateway': armClusterWithNatGateway,
    'aksnet-private-cluster': armPrivateCluster,
  },
  'corefile-yaml.json': {
    'aksnet-coredns-custom': wholeConfigMap,
    'aksnet-coredns-rewrite': configMapEntry,
    'aksnet-coredns-forward': configMapEntry,
    'aksnet-coredns-hosts': configMapEntry,
  },
  'corefile.json': {
    'aksnet-coredns-server': wholeCorefile,
    'aksnet-coredns-forward': wholeCorefile,
    'aksnet-coredns-rewrite': corefileDirective,
    'aksnet-coredns-hosts': corefileDirective,
  },
};
