import { spawn } from 'node:child_process';
import { whenOrphaned } from './orphaned.mjs';

/**
 * Runs a program to its end and answers whether it did what it should. Whatever asks us to end asks it too, and all
 * that it has started: nothing is left behind.
 */
export function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const ownGroup = process.platform !== 'win32';
    const child = spawn(file, args, { ...options, detached: ownGroup });
    const end = (signal) => {
      try {
        process.kill(ownGroup ? -child.pid : child.pid, signal);
      } catch {
        // It has ended by itself.
      }
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    const passOn = Object.fromEntries(signals.map((signal) => [signal, () => end(signal)]));
    for (const signal of signals) process.on(signal, passOn[signal]);
    whenOrphaned(() => end('SIGTERM'));
    child.on('error', () => resolve(false));
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn[name]);
      // Ended by what ended us: whoever waits for us learns of it.
      if (signal !== null) process.exit(1);
      resolve(code === 0);
    });
  });
}

/** npm, run by `node`: the Node.js that npm runs on where npm started this process. */
export function runNpm(args, options, node = process.env.npm_node_execpath ?? process.execPath) {
  const script = process.env.npm_execpath;
  if (script) return run(node, [script, ...args], options);
  // On Windows npm is no program but a script of the shell.
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}
