// `npm run --silent sbom -- app` (every installer of the tray app) or `-- cli` (the npm package): what it is shipped with,
// with versions and licences, as CycloneDX on standard output. By npm's own `sbom`.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { artifacts, withShipped } from './shipped.mjs';

const [artifact] = process.argv.slice(2);
if (!Object.hasOwn(artifacts, artifact ?? '')) {
  process.stderr.write(`npm run --silent sbom -- ${Object.keys(artifacts).join('|')}\n`);
  process.exit(2);
}
const npm = process.env.npm_execpath;
const [program, ...first] = npm ? [process.env.npm_node_execpath ?? process.execPath, npm] : ['npm'];
const args = [...first, 'sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
const options = { maxBuffer: 16 * 1024 * 1024, shell: !npm && process.platform === 'win32' };
const { stdout } = await withShipped(artifact, (cwd) =>
  promisify(execFile)(program, args, { ...options, cwd }),
);
const bom = JSON.parse(stdout);
const { component } = bom.metadata;
bom.metadata.component = { ...component, name: artifacts[artifact].title, purl: undefined };
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`);
