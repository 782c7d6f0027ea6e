import type { WebPreferences } from 'electron';

/**
 * What every window of ours is made with (Electron, "Security"). Most of it is the default; it stands here so that
 * it is checked, and stays.
 */
export function webPreferences(
  preload: string,
  { packaged }: { readonly packaged: boolean },
): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    // A password is typed here: nothing of it goes to a dictionary.
    spellcheck: false,
    devTools: !packaged,
  };
}
