import { calculatorExamples } from '../service/calculator.ts';

const overview = `aksnet lints AKS networking in Bicep, ARM JSON templates and CoreDNS ConfigMaps.

Usage: aksnet <command> [arguments]

  lint [paths...]   report what is wrong, and put right what is safe to put right
  model <file>      print the network model that the file describes, as JSON
  cidr <question>   calculate ranges and subnet sizes
  explain [text]    tell what an error of Azure, AKS or CoreDNS means

  --help            this text; "aksnet <command> --help" tells about a command
  --version         the version of aksnet
`;

const lint = `Reports what is wrong with the network that files describe.

Usage: aksnet lint [options] [paths...]

Paths are files, folders or globs; without one it is the current folder. Folders are searched for Bicep files, ARM
templates and parameter files, and CoreDNS ConfigMaps and Corefiles. node_modules, .git, dist and the like are left out,
and symbolic links to folders are not followed. What a file leads to is linted with it: its modules, the template of a
parameter file, JSON and YAML that it loads.

  --format text|json           how to print the findings (default: text)
  --severity RULE=LEVEL        error, warning, information or off, for a rule or a group of rules such as sizing; may be
                               given several times
  --coredns-version VERSION    the CoreDNS version to judge by, such as 1.12.1 (default: the newest that AKS runs)
  --fix                        apply the safe fixes, also in what the files lead to, and report what is left
  --stdin-file-path PATH       lint standard input as if it were this file; with --fix the fixed text goes to standard
                               output and the findings to standard error

The nearest aksnet.jsonc in the folder of a file or above it says more: severities, reserved ranges, peered networks, entry
files and what to ignore. Options override it.

Exit code: 0 nothing at or above warning, 1 findings, 2 could not run.
`;

const model = `Prints the network model that a file describes, as JSON.

Usage: aksnet model <file>

Every value is {"state": "known", "text": ...}, {"state": "unknown", "reason": ..., "text": ...} or {"state": "absent"},
and every list {"complete": true|false, "items": [...]}. The shape is the same whatever the language of the file.

Exit code: 0 printed, 2 could not run.
`;

const cidr = `Calculates ranges and subnet sizes.

Usage: aksnet cidr [--in FILE] <question>

${calculatorExamples.map(({ input, text }) => `  aksnet cidr ${input.padEnd(33)} ${text}`).join('\n')}

  --in FILE   take free ranges from the virtual networks that FILE declares

Exit code: 0 answered, 2 could not run.
`;

const explain = `Tells what an error of Azure, AKS or CoreDNS means, which rules find its cause, and where to read on.

Usage: aksnet explain [--in PATH]... [TEXT]

Takes an error code such as InsufficientSubnetSize, a whole message, or a log, from the arguments or from standard input.

  aksnet explain 'exit status=52'
  kubectl logs -n kube-system -l k8s-app=kube-dns | aksnet explain

  --in PATH            a file, folder or glob in which to look for the places to blame; may be given several times
  --format text|json   how to print the explanations (default: text)

Exit code: 0 explained, 1 nothing in the text is known, 2 could not run.
`;

const topics = { lint, model, cidr, explain };

/** The name of a command of aksnet. */
export type Command = keyof typeof topics;

/** Whether a word is the name of a command. */
export function isCommand(name: string): name is Command {
  return Object.hasOwn(topics, name);
}

/** What `--help` prints for a command, or for aksnet itself. */
export function help(command?: Command): string {
  return command === undefined ? overview : topics[command];
}
