// Runs before everything else, on the system's Node.js 20 or later with nothing installed: installs what is
// missing, and with --build builds what is stale. Says what it does, and nothing where there is nothing to do.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const installedStamp = join(root, 'node_modules', '.token-tray-installed');
const builtStamp = join(root, 'out', '.token-tray-built');
const sources = ['electron', 'renderer', 'electron.vite.config.ts', 'package-lock.json'];

const [major] = process.versions.node.split('.');
if (Number(major) < 20) {
  console.error(`Token Tray needs Node.js 20 or later to install itself; this is ${process.versions.node}.`);
  process.exit(1);
}
await install();
if (process.argv.includes('--build')) await build();

async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(installedStamp) && readFileSync(installedStamp, 'utf8') === lock) return;
  say('Installing what Token Tray is built with (npm ci) …');
  await npm('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error');
  writeFileSync(installedStamp, lock);
}

async function build() {
  const newest = Math.max(...sources.map((source) => newestIn(join(root, source))));
  if (existsSync(builtStamp) && statSync(builtStamp).mtimeMs >= newest) return;
  say('Building …');
  await npm('run', '--silent', 'build');
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(builtStamp, '');
}

function newestIn(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** Runs npm by the Node.js that runs this, so that no shell is needed on any system. */
async function npm(...args) {
  const script = process.env.npm_execpath;
  const done = script
    ? await run(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : await run('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (!done) {
    say(`That did not work: npm ${args.join(' ')}. Its own message stands above.`);
    process.exit(1);
  }
}

function say(text) {
  // Standard output belongs to what the person asked for.
  process.stderr.write(`${text}\n`);
}
