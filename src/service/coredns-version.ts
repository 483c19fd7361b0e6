import type { Comment } from '../base/parse-error.ts';
import { corednsOfKubernetes } from '../model/aks-coredns.ts';
import type { Settings } from './settings.ts';

/**
 * The settings for one file: a comment `aksnet-coredns-version: 1.11.3` or `aksnet-kubernetes-version: 1.33` in it says
 * which CoreDNS will read it. The first one counts; one that cannot be understood is as if it were not there.
 */
export function withStatedVersion(settings: Settings, comments: readonly Comment[]): Settings {
  for (const { text } of comments) {
    const match = /^\s*aksnet-(coredns|kubernetes)-version:\s*v?(\d+\.\d+(?:\.\d+)?)\b/.exec(text);
    const [, what, version] = match ?? [];
    if (version === undefined) continue;
    const corednsVersion = what === 'coredns' ? version : corednsOfKubernetes(version);
    if (corednsVersion !== undefined) return { ...settings, corednsVersion };
  }
  return settings;
}
