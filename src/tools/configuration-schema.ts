import { configurationShape } from '../service/configuration-fields.ts';

/** The JSON schema of `aksnet.jsonc`, by which editors complete and check it. `notice` says where it comes from. */
export function configurationSchema(notice: string): string {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: notice,
    title: 'aksnet configuration',
    // VS Code's own keyword: it would warn of the trailing commas that we read.
    allowTrailingCommas: true,
    ...configurationShape.schema,
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
