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
 * The built-in functions of Bicep and ARM templates, looked up by name in lower case. Every name that begins with
 * `list` is one (`listKeys`, `listAccountSas` ...): resource types bring their own.
 */
export const builtInFunctions: { get(name: string): BuiltInFunction | undefined } = {
  get: (name) => byName.get(name) ?? (/^list[a-z0-9]*$/.test(name) ? listing : undefined),
};
