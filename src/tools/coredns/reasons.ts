/** Why some recorded verdicts cannot be had from the text alone: what to look for in the verdict or the text, and the reason. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /no such file or directory|not an IP address or file: "[^"]*(?:\/|\.conf")|invalid hosts file/,
    'a file is named that the measuring machine did not have, and others may',
  ],
  [
    /not a valid IP address or interface name/,
    'an interface is named that the measuring machine did not have, and others may',
  ],
  [/KUBERNETES_SERVICE_HOST/, 'an environment variable is named that every pod has, and the measuring machine had not'],
  [
    /parsing ""|invalid address: ""/,
    'an environment variable is named that the measuring machine did not have, and others may',
  ],
  [/plugin\/trace: .*unknown property/, 'the sources of the releases before 1.14.4 pass over unknown options of trace'],
  [/Unknown directive 'See'/, 'a template is there that something fills in before CoreDNS reads it'],
  [
    /Unknown directive/,
    'a plain Corefile may belong to a CoreDNS that is built with more plugins, so this is a warning',
  ],
  [/\$\{|%s|<.*>/, 'a placeholder is there that something replaces before CoreDNS reads it'],
];

/** The reason of a disagreement; `about` is the text, the verdict and what we say. */
export function reasonOf(about: string): string {
  return reasons.find(([pattern]) => pattern.test(about))?.[1] ?? 'no reason known';
}
