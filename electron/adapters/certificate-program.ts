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

/** Runs `certificateProgram` and gives what it wrote: `system` and `extra` in JSON, each a list of PEM texts. Null: it failed. */
export type ReadCertificates = () => Promise<string | null>;
