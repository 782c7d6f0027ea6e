import { execFile } from 'node:child_process';
import { certificateEnvironment, certificateProgram } from './certificate-program.ts';

const options = { timeout: 5_000, maxBuffer: 32 * 1024 * 1024, windowsHide: true } as const;

/** See `ReadCertificates`: in a process of Node, which `process.execPath` is everywhere but in the packaged app. */
export function readInNode(): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['-e', certificateProgram],
      { ...options, env: certificateEnvironment() },
      (error, stdout) => resolve(error ? null : stdout),
    );
  });
}
