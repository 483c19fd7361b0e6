import { atDeployment } from './arguments.ts';
import { arrayFunctions } from './array.ts';
import { cidrFunctions } from './cidr.ts';
import { conversionFunctions } from './conversion.ts';
import { deploymentFunctions } from './deployment.ts';
import { fileFunctions } from './files.ts';
import { lambdaFunctions } from './lambda.ts';
import type { BuiltInFunction } from './library.ts';
import { logicalFunctions } from './logical.ts';
import { numericFunctions } from './numeric.ts';
import { objectFunctions } from './object.ts';
import { resourceIdFunctions } from './resource-id.ts';
import { sequenceFunctions } from './sequence.ts';
import { stringFunctions } from './string.ts';

const byName = new Map<string, BuiltInFunction>(
  [
    arrayFunctions,
    cidrFunctions,
    conversionFunctions,
    deploymentFunctions,
    fileFunctions,
    lambdaFunctions,
    logicalFunctions,
    numericFunctions,
    objectFunctions,
    resourceIdFunctions,
    sequenceFunctions,
    stringFunctions,
  ].flatMap((table) => Object.entries(table)),
);

const listing = atDeployment('what a resource lists is known only at deployment');

/**
 * The built-in function of Bicep and ARM templates by a name, in whatever case; undefined where there is none. Every name
 * that begins with `list` is one (`listKeys`, `listAccountSas` ...): resource types bring their own.
 */
export function builtInFunction(name: string): BuiltInFunction | undefined {
  const found = byName.get(name) ?? byName.get(name.toLowerCase());
  return found ?? (/^list[a-z0-9]*$/i.test(name) ? listing : undefined);
}
