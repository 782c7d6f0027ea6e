import { electronVersion } from '../control/settings.ts';

/** What `process` shows in a sandboxed preload. */
export const sandboxedProcess = {
  type: 'renderer',
  sandboxed: true,
  contextIsolated: true,
  platform: process.platform,
  arch: process.arch,
  version: process.version,
  versions: { node: process.versions.node, electron: electronVersion },
  argv: [] as string[],
  env: {},
};
