import { routeTable } from './route-table.ts';
import { virtualNetwork } from './virtual-network.ts';

/** Bicep texts that stand in for registry modules, by their path in the registry. */
export const standInModules: Readonly<Record<string, string>> = {
  'avm/res/network/route-table': routeTable,
  'avm/res/network/virtual-network': virtualNetwork,
};
