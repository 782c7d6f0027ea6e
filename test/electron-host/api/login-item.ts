import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoginItemSettings, Settings } from 'electron';
import { onControl } from '../control/control-channel.ts';
import { hostSettings } from '../control/settings.ts';

const { systemFolder } = hostSettings;
const file = systemFolder === undefined ? null : join(systemFolder, 'login-item.json');
let kept: Settings =
  file !== null && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Settings) : {};

/** `app.setLoginItemSettings`: nothing on Linux, as in Electron. */
export function setLoginItemSettings(settings: Settings): void {
  if (process.platform === 'linux') return;
  kept = settings;
  if (file !== null) writeFileSync(file, JSON.stringify(settings));
}

export function getLoginItemSettings(): LoginItemSettings {
  const { openAtLogin = false } = kept;
  const status = openAtLogin ? 'enabled' : 'not-registered';
  return {
    openAtLogin,
    wasOpenedAtLogin: false,
    status,
    executableWillLaunchAtLogin: openAtLogin && kept.enabled !== false,
    launchItems: [],
  };
}

onControl('app.loginItem', () => ({ ...kept }));
