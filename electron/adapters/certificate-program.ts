/**
 * What a process of its own runs to read the certificate authorities: Node reads each store once in a process, for all
 * its threads. With Node it writes to standard output, in Electron's utility process to its parent.
 */
export const certificateProgram = `
const { getCACertificates } = require('node:tls');
const stores = JSON.stringify({ system: getCACertificates('system'), extra: getCACertificates('extra') });
if (process.parentPort) process.parentPort.postMessage(stores);
else process.stdout.write(stores);
`;

/** The environment for it: the stores' own variables count, what is meant for this program does not. */
export function certificateEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(?:TOKEN_TRAY_|NODE_OPTIONS$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/** Runs `certificateProgram` and gives what it wrote: `system` and `extra` in JSON, each a list of PEM texts. Null: it failed. */
export type ReadCertificates = () => Promise<string | null>;
