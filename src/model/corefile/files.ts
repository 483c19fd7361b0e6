import type { Word } from '../dns.ts';
import { mayBeReplaced } from '../dns-queries.ts';
import type { Setup } from './setup.ts';

/**
 * Where the container of AKS's CoreDNS has files: what Kubernetes mounts, the keys of coredns-custom, certificates and
 * what the system itself makes. Nothing else can be mounted, for AKS resets the deployment.
 */
const present =
  /^\/(?:etc\/(?:resolv\.conf$|hosts$|hostname$|coredns\/|ssl\/|pki\/|ca-certificates\/)|var\/|run\/|proc\/|sys\/|dev\/|usr\/|tmp\/)/;

/** Reports a path that leads nowhere in the CoreDNS of AKS, for plugins that do not start without the file. */
export function judgeFile(setup: Setup, word: Word, says: string, namesLine = false): void {
  if (!setup.place.isAks || mayBeReplaced(word)) return;
  if (!word.text.startsWith('/') || present.test(word.text)) return;
  setup.refuse(
    'missing-file',
    word,
    `The CoreDNS container of AKS has no "${word.text}", and nothing can be added to it but keys of coredns-custom, below /etc/coredns/custom/. Name a file that is there.`,
    says,
    namesLine,
  );
}

/** Whether an environment variable is surely not set in the CoreDNS pods of AKS: nobody but AKS can set one. */
export function isUnsetOnAks(setup: Setup, { text }: Word): boolean {
  const name = /^\{\$(\w+)\}$/.exec(text)?.[1];
  if (name === undefined || !setup.place.isAks) return false;
  return !/^(?:KUBERNETES_|HOSTNAME$|PATH$|HOME$|SSL_)|_(?:SERVICE|PORT|ADDR|HOST|IP|NAME|NAMESPACE|NODE|POD)|^(?:POD|NODE|HOST)_/.test(
    name,
  );
}
