import type { Word } from '../dns.ts';
import { mayBeReplaced } from '../dns-queries.ts';
import { isZone, normalizeZone } from './names.ts';
import { removeOption, removeWord } from './problem.ts';
import type { Setup, SetupHooks } from './setup.ts';
import { valueProblem } from './values.ts';

/** Zones that go with what they are kept under, each once. */
function zoneList(twice: string, bad: string, kind: 'zone-pair' | 'zone-triple'): SetupHooks {
  return {
    line(setup, args) {
      const seen = new Set<string>();
      for (const word of args) {
        if (mayBeReplaced(word)) continue;
        const argument = { name: '', kind, values: [], ignoresCase: false, least: '', most: '', min: 1, max: 1 };
        const problem = valueProblem(argument, word.text);
        if (problem !== undefined) setup.refuseValue(word, problem, { message: `${bad} "{v}"`, namesLine: true });
        else if (seen.has(word.text)) {
          setup.refuse(
            'invalid-value',
            word,
            `"${word.text}" stands here twice. Remove one of the two.`,
            `${twice} "${word.text}"`,
            true,
            [removeWord(word)],
          );
        }
        seen.add(word.text);
      }
    },
  };
}

export const azureHooks: SetupHooks = zoneList('conflicting zone:', 'invalid resource group/zone:', 'zone-pair');
export const route53Hooks: SetupHooks = zoneList('conflict zone', 'invalid zone', 'zone-pair');
export const clouddnsHooks: SetupHooks = zoneList('conflict zone', 'invalid zone', 'zone-triple');

export const kubernetesHooks: SetupHooks = {
  line(setup, args) {
    const zones = args.length > 0 ? args.map(({ text }) => text) : setup.place.zones;
    if (zones.length === 0 || args.some((word) => mayBeReplaced(word)) || zones.some((zone) => mayBeReplaced(zone)))
      return;
    if (!zones.every((zone) => !isZone(zone) || /(?:^|\.)(?:in-addr|ip6)\.arpa\.?$|\/\d+$/.test(zone))) return;
    const [first] = args;
    if (first !== undefined && zones.some(isZone)) {
      setup.refuse(
        'invalid-value',
        first,
        'Only zones for reverse lookups stand here. Add the zone of the cluster, such as "cluster.local".',
        'non-reverse zone name must be used',
      );
    }
  },
  end(setup, name) {
    const namespaces = setup.seen.get('namespaces');
    const labels = setup.seen.get('namespace_labels');
    if (namespaces !== undefined && labels !== undefined) {
      const later = namespaces.name.location.span.start > labels.name.location.span.start ? namespaces : labels;
      setup.refuse(
        'conflict',
        later.name,
        'Namespaces are chosen by name or by label, not by both. Keep "namespaces" or "namespace_labels".',
        'namespaces and namespace_labels cannot both be set',
        true,
        [removeOption(later.name, later.args)],
      );
    }
    const multicluster = setup.seen.get('multicluster');
    const zones = setup.lineArgs.length > 0 ? setup.lineArgs.map(({ text }) => text) : setup.place.zones;
    if (
      multicluster === undefined ||
      [...zones, ...multicluster.args.map(({ text }) => text)].some((zone) => mayBeReplaced(zone))
    )
      return;
    const own = new Set(zones.map(normalizeZone));
    const foreign = multicluster.args.find(({ text }) => isZone(text) && !own.has(normalizeZone(text)));
    if (foreign !== undefined) {
      setup.refuse(
        'conflict',
        foreign,
        `"${foreign.text}" is not among the zones of "${name.text}". Add it there.`,
        `is not authoritative for the multicluster zone ${normalizeZone(foreign.text)}`,
        true,
      );
    }
  },
};

export const secondaryHooks: SetupHooks = {
  property(setup, name) {
    if (name.text !== 'transfer') return false;
    const [from, ...servers] = setup.cursor.remainingArgs();
    if (from === undefined || (from.text === 'from' && servers.length === 0)) {
      setup.refuse(
        'argument-count',
        name,
        '"transfer" takes "from" and the servers. Add what is missing.',
        setup.argErrText(),
        true,
      );
    } else if (from.text !== 'from' && !mayBeReplaced(from)) {
      setup.refuse(
        'invalid-value',
        from,
        `"${from.text}" does not belong here. Write "transfer from" and the servers.`,
        `unknown property ${from.text}`,
        true,
      );
    } else {
      for (const server of servers) {
        if (server.text === '*')
          setup.refuse(
            'invalid-value',
            server,
            'A zone is copied from certain servers. Write their addresses.',
            "can't use '*' in transfer from",
          );
        else
          setup.checkValue(
            { name: '', kind: 'hostport-ip', values: [], ignoresCase: false, least: '', most: '', min: 1, max: 1 },
            server,
            { refusal: undefined, rangeRefusal: undefined },
          );
      }
    }
    return true;
  },
  end(setup, name) {
    if (setup.isBefore('1.12.2') || setup.seen.has('transfer')) return;
    setup.refuse(
      'argument-count',
      name,
      `"secondary" does not say where the zone comes from. Add "transfer from" and a server to its block.`,
      'secondary zones require a transfer from property',
      true,
    );
  },
};

export const transferHooks: SetupHooks = {
  end(setup, name) {
    if (setup.seen.has('to')) return;
    setup.refuse(
      'argument-count',
      name,
      '"transfer" does not say who may copy the zone. Add "to" and servers, or "to *", to its block.',
      "'to' is required",
      true,
    );
  },
};

export const signHooks: SetupHooks = {
  line(setup, [file]) {
    if (file?.text.includes('\uFFFD') === true && !setup.isBefore('1.13.1')) {
      setup.refuse(
        'invalid-value',
        file,
        'This path holds a character that could not be read. Write it again.',
        `dbfile "${file.text}" contains invalid characters`,
      );
    }
  },
  property: judgeKey,
};

export const dnssecHooks: SetupHooks = { property: judgeKey };

/** `key file NAME`; what follows another word than `file` is read as options. */
function judgeKey(setup: Setup, name: Word): boolean {
  if (name.text !== 'key') return false;
  const source = setup.cursor.nextArg() ? setup.cursor.word : undefined;
  if (source === undefined) {
    setup.refuse(
      'argument-count',
      name,
      '"key" takes "file" and the names of keys. Add what is missing.',
      setup.argErrText(),
      true,
    );
    return true;
  }
  const isSecret = source.text === 'aws_secretsmanager' && setup.plugin === 'dnssec' && !setup.isBefore('1.12.0');
  if (source.text === 'file' || isSecret) {
    if (setup.cursor.remainingArgs().length === 0) {
      setup.refuse(
        'argument-count',
        source,
        `No key stands behind "${source.text}". Add its name.`,
        setup.argErrText(),
        true,
      );
    }
  } else if (source.text === 'directory' && setup.plugin === 'sign') {
    setup.refuse(
      'invalid-value',
      source,
      'CoreDNS reads keys from files only. Write "file" and the names of keys.',
      'directory: not implemented',
    );
    setup.skipLine();
  } else if (!mayBeReplaced(source)) {
    setup.warn(
      'invalid-value',
      source,
      `CoreDNS passes over a key from "${source.text}". Write "file" and the names of keys.`,
    );
  }
  return true;
}

export const autoHooks: SetupHooks = {
  property(setup, name) {
    if (name.text !== 'directory') return false;
    const index = setup.cursor.index;
    const args = setup.cursor.remainingArgs();
    const [, pattern, template] = args;
    const limit = setup.isBefore('1.13.2') ? Number.POSITIVE_INFINITY : 10_000;
    if (pattern !== undefined && !mayBeReplaced(pattern)) {
      const problem = valueProblem(
        { name: '', kind: 'regex', values: [], ignoresCase: false, least: '', most: '', min: 1, max: 1 },
        pattern.text,
      );
      if (pattern.text.length > limit) {
        setup.refuse(
          'invalid-value',
          pattern,
          `This pattern has ${pattern.text.length} characters. CoreDNS takes at most ${limit}.`,
          'regexp too large',
          true,
        );
      } else if (problem !== undefined) {
        setup.refuseValue(pattern, problem, { message: 'error parsing regexp: {err}', namesLine: false });
      } else if (!/(?<!\\)\((?!\?)|\(\?P?</.test(pattern.text)) {
        setup.refuse(
          'invalid-value',
          pattern,
          'This pattern has no group that names the zone. Put a part of it in parentheses.',
          'Need at least one sub expression',
          true,
        );
      } else if (template === undefined) {
        setup.refuse(
          'argument-count',
          pattern,
          'No name for the zone follows this pattern. Add one such as "{1}".',
          setup.argErrText(),
          true,
        );
      }
      if (args.length <= 3) return true;
    }
    setup.cursor.rewind(index);
    return false;
  },
};
