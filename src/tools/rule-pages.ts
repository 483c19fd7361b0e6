import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ruleEntries } from '../service/rule-list.ts';
import { rulePage } from './rule-page.ts';

/** Writes the documentation of every rule to `dist/rules`, from where the extension shows it. */
const folder = path.resolve('dist/rules');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const { id } of ruleEntries()) await writeFile(path.join(folder, `${id}.md`), rulePage(id) ?? '');
