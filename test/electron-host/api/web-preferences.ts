import type { WebPreferences } from 'electron';
import type { Session } from './session.ts';
import { session } from './session.ts';

/** Electron's defaults (docs/api/structures/web-preferences.md) for what a review of a window looks at. */
const defaults = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  experimentalFeatures: false,
  javascript: true,
  devTools: true,
  safeDialogs: false,
  navigateOnDragDrop: false,
  spellcheck: true,
  backgroundThrottling: true,
  images: true,
};

type Defaults = typeof defaults;
export type EffectivePreferences = Omit<WebPreferences, keyof Defaults> & Defaults;

/** The preferences in force. What the stand-in cannot do fails here, so that no test passes for the wrong reason. */
export function effectivePreferences(given: WebPreferences = {}): EffectivePreferences {
  const preferences: EffectivePreferences = { ...defaults, ...given };
  const { sandbox, contextIsolation, nodeIntegration, webSecurity } = preferences;
  if (!sandbox || !contextIsolation || nodeIntegration || !webSecurity) {
    throw new Error('The stand-in for Electron has sandboxed and isolated windows without Node only.');
  }
  return preferences;
}

/** The session that a window belongs to. */
export function sessionOf({ session: given, partition }: WebPreferences): Session {
  if (given !== undefined) return given as unknown as Session;
  return partition === undefined ? session.defaultSession : session.fromPartition(partition);
}
