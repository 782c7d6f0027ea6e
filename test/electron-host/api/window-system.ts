import { hostSettings } from '../control/settings.ts';

const prefix = '--ozone-platform=';
const chosen = process.argv.findLast((argument) => argument.startsWith(prefix))?.slice(prefix.length);

/** What Chromium draws windows with on Linux: a switch, else what the computer has; null on other systems. */
export const ozonePlatform =
  process.platform === 'linux' ? (chosen ?? hostSettings.windowSystem ?? 'x11') : null;

export const isWayland = ozonePlatform === 'wayland';
