import { describe, expect, test } from 'vitest';
import { only } from './explanations.ts';

describe('a message of CoreDNS', () => {
  test.each([
    [
      "test.override:1 - Error during parsing: Unknown directive 'forwrad'",
      'Unknown directive',
      ['Is "forwrad" meant to be "forward"?', 'CoreDNS points at line 1 of the key test.override.'],
      'coredns-unknown-plugin',
    ],
    [
      "/etc/coredns/custom/corp.override:3 - Error during parsing: Unknown directive 'corp.example:53'",
      'Unknown directive',
      [
        '"corp.example:53" begins a server block. In a .override key there is no place for one: put it into a .server key. If it is in one, a block above it is not closed.',
        'CoreDNS points at line 3 of the key corp.override.',
      ],
      'coredns-override-server-block',
    ],
    [
      "Unknown directive 'hosts{'",
      'Unknown directive',
      ['Put a space between "hosts" and "{".'],
      'coredns-unknown-plugin',
    ],
    [
      "Unknown directive 'proxy'",
      'Unknown directive',
      ['CoreDNS no longer has proxy. Use forward.'],
      'coredns-unknown-plugin',
    ],
    [
      "Corefile:20 - Error during parsing: Unknown directive 'match'",
      'Unknown directive',
      [
        '"match" is no plugin of CoreDNS on AKS.',
        'CoreDNS points into the text of AKS itself: the cause is a .override key that leaves a block open or closes one too many.',
      ],
      'coredns-unbalanced-braces',
    ],
    [
      'plugin/cache: this plugin can only be used once per Server Block',
      'Plugin used twice',
      ['Remove cache from the .override key, or put it into a server block of its own in a .server key.'],
      'coredns-duplicate-default-plugin',
    ],
    [
      'cannot serve dns://.:53 - it is already defined',
      'Zone served twice',
      [
        'The zone "." belongs to the block of AKS. A .server key needs a zone of its own, and plugins without a block belong into a .override key.',
      ],
      undefined,
    ],
    [
      'cannot serve dns://corp.example.:53 - it is already defined',
      'Zone served twice',
      ['Two blocks are for corp.example. Merge them; every .server key counts.'],
      undefined,
    ],
    [
      "corp.server:3 - Syntax error: Unexpected token '10.0.0.1', expecting '}'",
      'Braces do not match',
      ['CoreDNS points at line 3 of the key corp.server.'],
      'coredns-unbalanced-braces',
    ],
    [
      'plugin/forward: not an IP address or file: "dns.corp.local"',
      'Upstream is no address',
      ['Write the address of dns.corp.local.'],
      'coredns-forward-no-upstream',
    ],
    [
      "plugin/forward: corp.server:2 - Error during parsing: Wrong argument count or unexpected line ending after '.'",
      'Arguments of a plugin',
      [
        'forward takes a zone and then at least one server, as in "forward . 10.1.0.4".',
        'CoreDNS points at line 2 of the key corp.server.',
      ],
      'coredns-forward-no-upstream',
    ],
    [
      "plugin/hosts: b.override:1 - Error during parsing: unknown property 'log'",
      'Unknown property',
      [
        '"log" is a plugin itself: the block of hosts above it is not closed.',
        'CoreDNS points at line 1 of the key b.override.',
      ],
      'coredns-unbalanced-braces',
    ],
    [
      '[FATAL] plugin/loop: Loop (127.0.0.1:55953 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting.',
      'Forwarding loop',
      [
        'The question went 127.0.0.1:55953 -> :53 and came back for zone ".". Forward to a server that does not forward to the cluster.',
      ],
      undefined,
    ],
    [
      '[ERROR] plugin/errors: 2 db.corp.example. A: read udp 10.244.1.7:41234->168.63.129.16:53: i/o timeout',
      'Upstream does not answer',
      [
        '168.63.129.16 gave no answer about db.corp.example. on port 53. It is the DNS service of Azure: look for a network security group or a firewall on the way.',
      ],
      undefined,
    ],
    [
      '[WARNING] No files matching import glob pattern: custom/*.override',
      'No custom configuration',
      ['No key ends in .override.'],
      'coredns-key-suffix',
    ],
    [
      'plugin/rewrite: the rewrite regex pattern ({1}.{2}.svc) uses more subexpressions than its corresponding matching regex pattern ((.*)\\.a)',
      'Rewrite rule',
      ['The replacement uses a group, such as {2}, that the pattern does not have.'],
      'coredns-unbalanced-braces',
    ],
    [
      'plugin/rewrite: too few arguments for a name rule',
      'Arguments of a plugin',
      ['The line of rewrite is not whole.'],
      undefined,
    ],
    ['plugin/cache: time: missing unit in duration "10"', 'Duration or number', ['"10" is none.'], undefined],
    [
      'error inspecting server blocks: expecting data after last colon: "example.com:"',
      'Zone name',
      [],
      'coredns-unbalanced-braces',
    ],
    ['maximum file import depth (10000) exceeded', 'Import without end', [], undefined],
  ])('is explained: %s', (text, title, details, rule) => {
    const explanation = only(text);
    expect(explanation).toMatchObject({ title, details, origin: 'coredns' });
    if (rule !== undefined) expect(explanation.rules.map(({ id }) => id)).toContain(rule);
  });

  test('at a reload says what happens at the next start', () => {
    const text =
      '[ERROR] Restart failed: plugin/cache: this plugin can only be used once per Server Block\n[ERROR] plugin/reload: Corefile changed but reload failed: starting with listener file descriptors: plugin/cache: this plugin can only be used once per Server Block';
    expect(only(text).details).toEqual([
      'Remove cache from the .override key, or put it into a server block of its own in a .server key.',
      'Until its pods restart, CoreDNS goes on with the configuration that it had; after that it does not start.',
    ]);
  });
});
