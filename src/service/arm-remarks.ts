import type { ArmFile } from '../arm/index.ts';
import type { Remark } from './parsed-document.ts';

/** What is worth a word about the text of an ARM file though it can be read. */
export function armRemarks({ kind, text, tokens, duplicates, unfinished }: ArmFile): readonly Remark[] {
  const remarks: Remark[] = [];
  const [token] = tokens;
  if (token !== undefined) {
    remarks.push({
      rule: 'arm-pipeline-token',
      severity: 'information',
      span: token,
      message: describeTokens(text.slice(token.start, token.end), tokens.length - 1),
    });
  }
  if (kind === 'resources') return remarks;
  for (const duplicate of duplicates) {
    remarks.push({ rule: 'arm-duplicate-property', severity: 'warning', ...duplicate });
  }
  for (const span of unfinished) {
    remarks.push({ rule: 'arm-unfinished-expression', severity: 'warning', span, message: unfinishedMessage });
  }
  return remarks;
}

const unfinishedMessage =
  'No "]" ends this expression, so Azure takes it for plain text. Add "]" behind the last parenthesis.';

function describeTokens(first: string, others: number): string {
  const [what, end] =
    others === 0
      ? [`"${first}" stands here`, 'a value in its place']
      : [
          `"${first}" and ${others} more ${others === 1 ? 'token' : 'tokens'} stand in this file`,
          'values in their place',
        ];
  return `${what} without quotes, so Azure reads the file only after a pipeline has put ${end}. Make sure that one does.`;
}
