// Runs before the other npm scripts, on any Node.js from version 20 on and with nothing installed: installs what is
// missing, Node.js included, and with --build builds what is stale. Says what it does; silent if all is ready.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installerNode, isAtLeast, isInstalled, nodePackageFor } from './installation.mjs';
import { runNpm } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = join(root, 'node_modules');
const builtStamp = join(root, 'out', '.token-tray-built');
const sources = ['electron', 'renderer', 'electron.vite.config.ts', 'package-lock.json'];
const { platform, arch } = process;
const program = platform === 'win32' ? 'node.exe' : 'node';

const needed = read('package.json').engines.node.replace('>=', '');
const own = process.versions.node;
const lock = read('package-lock.json');
const nodePackage = nodePackageFor(lock, { platform, arch, glibc: hasGlibc() });

if (!isAtLeast(own, '20.0.0')) refuse(tooOld(own));
if (!isAtLeast(own, needed) && nodePackage === null) refuse(tooOld(own));
const lacksNode = !isAtLeast(own, needed) && !isBrought();
// An older Node.js finds it complete that a newer one installed, which needed none of its own.
const isComplete = isInstalled(lock, readInstalled());
if (lacksNode || !isComplete) await install();
else await linkNode();
if (process.argv.includes('--build')) await build();

async function install() {
  const node = installerNode({ platform, modules, own: process.execPath, candidates: otherNodes() });
  if (node === null) refuse('node_modules is out of date. Run `npm ci`, then try again.');
  const args = isComplete ? ['install', '--no-save'] : ['ci'];
  say(
    isComplete
      ? `Downloading Node.js ${nodePackage.version} …`
      : 'Installing the project’s packages (npm ci); the first time this takes a few minutes …',
  );
  await npm([...args, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], node);
  await linkNode(node);
  const system = node === process.execPath ? own : versionOf(node);
  if (isBrought()) {
    say(`Token Tray runs on Node.js ${nodePackage.version} in this folder; the computer's own is ${system}.`);
  } else if (isAtLeast(system, needed)) {
    say(`Token Tray runs on the computer's own Node.js, ${system}.`);
  } else {
    const tried = `Node.js ${nodePackage?.version} could not be downloaded (npm package ${nodePackage?.name}). `;
    refuse(`${nodePackage === null ? '' : tried}${tooOld(system)}`);
  }
}

/** npm 10 leaves out the link to the program, as the packages for other systems have one of the same name. */
async function linkNode(node) {
  const link = join(modules, '.bin', platform === 'win32' ? 'node.cmd' : 'node');
  if (isBrought() && !existsSync(link)) {
    await npm(['rebuild', '--ignore-scripts', '--silent', nodePackage.name], node);
  }
}

async function build() {
  const newest = Math.max(...sources.map((source) => newestIn(join(root, source))));
  if (existsSync(builtStamp) && statSync(builtStamp).mtimeMs >= newest) return;
  say('Building …');
  await npm(['run', '--silent', 'build']);
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(builtStamp, '');
}

function newestIn(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

function isBrought() {
  return nodePackage !== null && existsSync(join(modules, nodePackage.name, 'bin', program));
}

/** The Node.js that npm runs on, and those that the shell finds. */
function otherNodes() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [process.env.npm_node_execpath, ...folders.map((folder) => join(folder, program))]
    .filter((path) => path !== undefined && existsSync(path))
    .map((path) => realpathSync(path));
}

function versionOf(node) {
  return spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().replace('v', '');
}

function hasGlibc() {
  if (platform !== 'linux') return false;
  // Without it the report looks up the names of all network interfaces.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}

async function npm(args, node) {
  if (await runNpm(args, { cwd: root, stdio: ['ignore', 2, 2] }, node)) return;
  refuse(`npm ${args.join(' ')} failed. Its message is above.`);
}

function read(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

function readInstalled() {
  try {
    return read('node_modules/.package-lock.json');
  } catch {
    return null;
  }
}

function tooOld(version) {
  const wanted = needed.replace(/\.0$/, '');
  return `Token Tray needs Node.js ${wanted} or later, and this is ${version}: run \`nvm install\` in this folder, or install it from https://nodejs.org.`;
}

function refuse(text) {
  say(text);
  process.exit(1);
}

function say(text) {
  // Standard output is for the script that follows.
  process.stderr.write(`${text}\n`);
}
