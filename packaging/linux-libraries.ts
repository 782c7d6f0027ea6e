/**
 * The packages of the libraries that Electron's program links, and of those that it loads by name (GTK, libnotify).
 * electron-builder's own list lacks libasound2, libgbm1 and more, which a lean system does not have. Debian 13 and Ubuntu
 * 24.04 renamed some of them for the 64-bit time_t; CI installs the package in a bare container and runs `ldd`.
 */
const renamed = [
  'libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libcups2',
  'libglib2.0-0',
  'libgtk-3-0',
];

const kept = [
  'libc6',
  'libcairo2',
  'libdbus-1-3',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libnotify4',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  // What opens links in the browser.
  'xdg-utils',
];

/** `Depends` of the Debian package. */
export const debianDepends: string[] = [...renamed.map((name) => `${name}t64 | ${name}`), ...kept].sort();
