import { execFile } from 'node:child_process';
import { childEnvironment, withVariables } from '../contract/child-environment.ts';
import { certificateProgram } from './certificate-program.ts';
import { nodeProgram } from './node-program.ts';

const options = { timeout: 5_000, maxBuffer: 32 * 1024 * 1024, windowsHide: true } as const;

/** See `ReadCertificates`: in a process of Node, which runs us everywhere but in the packaged app. */
export function readInNode(): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      nodeProgram(),
      ['-e', certificateProgram],
      {
        ...options,
        env: withVariables(childEnvironment(process.env), { NODE_OPTIONS: '' }, process.platform),
      },
      (error, stdout) => resolve(error ? null : stdout),
    );
  });
}
