import { fileURLToPath } from 'node:url';
import type { Configuration } from 'electron-builder';
import { afterPack } from './after-pack.ts';
import { linuxLauncher } from './linux-launcher.ts';
import { debianDepends } from './linux-libraries.ts';
import { firstMacOs, localNetworkReason } from './mac-system.ts';
import { looksForCertificate } from './signing.ts';
import type { System } from './fuses.ts';

const licence = fileURLToPath(new URL('../LICENSE', import.meta.url));
// What software centres show (AppStream).
const metainfo = fileURLToPath(new URL('linux/io.github.token_tray.metainfo.xml', import.meta.url));

type Environment = Readonly<Record<string, string | undefined>>;

/** The icons of the tray that the other systems read. */
const foreignIcons = {
  darwin: ['!out/main/icons/*.ico', '!out/main/icons/!(*Template*)'],
  win32: ['!out/main/icons/*.png'],
  linux: ['!out/main/icons/*.ico', '!out/main/icons/*Template*'],
} as const satisfies Record<System, readonly string[]>;

/** What goes into the app's archive: what was built, and nothing that it was built from. */
export function filesFor(system: System): string[] {
  const built = ['out/main/**', 'out/preload/**', 'out/renderer/**', 'out/licences.txt', 'package.json'];
  return [...built, ...foreignIcons[system], '!**/*.map', '!**/.vite/**', '!node_modules/**'];
}

/**
 * What electron-builder is told. From the environment come, for a release: where new versions are looked for
 * (`TOKEN_TRAY_RELEASE_REPOSITORY`, or `TOKEN_TRAY_UPDATE_URL` in a build of your own), whom the Debian package names
 * (`TOKEN_TRAY_HOMEPAGE`, `TOKEN_TRAY_MAINTAINER`), who signs for Windows (`AZURE_SIGNING_…`), and that an unsigned build
 * fails (`TOKEN_TRAY_MUST_SIGN`). electron-builder itself reads Apple's certificate and keys.
 */
export function configuration(env: Environment): Configuration {
  const publish = updateFeed(env);
  return {
    appId: 'io.github.token-tray',
    productName: 'Token Tray',
    copyright: 'MIT licence, The Token Tray maintainers',
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    directories: { output: 'out/packages', buildResources: 'packaging' },
    publish,
    forceCodeSigning: env['TOKEN_TRAY_MUST_SIGN'] === '1',
    // Nothing native goes in, so nothing is to be rebuilt.
    npmRebuild: false,
    asar: true,
    // The window speaks two languages; Chromium's own words for the others are 40 MB.
    electronLanguages: ['en', 'en-US', 'ar'],
    extraMetadata: {
      homepage: env['TOKEN_TRAY_HOMEPAGE'] ?? 'https://token-tray.invalid',
      // Wayland and X11 find the window's entry by it.
      desktopName: 'token-tray.desktop',
    },
    afterPack,
    mac: mac(env, publish !== null),
    dmg: { title: '${productName} ${version}' },
    win: {
      target: ['nsis', 'msi'],
      icon: 'packaging/icons/windows.ico',
      files: filesFor('win32'),
      ...windowsSigning(env),
    },
    // For one user, with no question and no administrator. The shortcut in the Start menu carries the appId.
    nsis: {
      oneClick: true,
      perMachine: false,
      packElevateHelper: false,
      // One for each kind of processor, as on the other systems. electron-updater takes the file with its own in the name.
      buildUniversalInstaller: false,
      include: 'packaging/windows/uninstall.nsh',
      createDesktopShortcut: false,
      createStartMenuShortcut: true,
      shortcutName: 'Token Tray',
      uninstallDisplayName: 'Token Tray',
      // The sessions stay when a new version takes the old one's place.
      deleteAppDataOnUninstall: false,
    },
    // For all users, by whoever distributes software; updates come the same way (`isInstalledByMsi`).
    msi: {
      oneClick: true,
      perMachine: true,
      runAfterFinish: false,
      createDesktopShortcut: false,
      createStartMenuShortcut: true,
      shortcutName: 'Token Tray',
    },
    linux: linux(env),
    deb: {
      appArmorProfile: 'packaging/linux/apparmor-profile',
      packageCategory: 'utils',
      depends: debianDepends,
      fpm: [
        `${licence}=/usr/share/doc/token-tray/copyright`,
        `${metainfo}=/usr/share/metainfo/io.github.token_tray.metainfo.xml`,
      ],
      // By one of these the launcher shows its sentence where there is no terminal.
      recommends: ['zenity | kdialog | libnotify-bin'],
    },
    // Without arguments named here, electron-builder's entry would start the program without its sandbox.
    appImage: { executableArgs: [] },
    // The later runtime needs no libfuse2, which new systems do not bring.
    toolsets: { appimage: '1.0.3' },
  };
}

/** Where an installed app looks for new versions, or null: nowhere. */
function updateFeed(env: Environment): NonNullable<Configuration['publish']> | null {
  const [repository = '', url = ''] = [env['TOKEN_TRAY_RELEASE_REPOSITORY'], env['TOKEN_TRAY_UPDATE_URL']];
  if (repository !== '' && url !== '') {
    throw new Error('Set TOKEN_TRAY_RELEASE_REPOSITORY or TOKEN_TRAY_UPDATE_URL, not both.');
  }
  if (url !== '') return { provider: 'generic', url };
  if (repository === '') return null;
  const [owner = '', repo = '', ...rest] = repository.split('/');
  if (owner === '' || repo === '' || rest.length > 0) {
    throw new Error(`Invalid TOKEN_TRAY_RELEASE_REPOSITORY "${repository}": expected OWNER/NAME.`);
  }
  return { provider: 'github', owner, repo };
}

/**
 * Azure Artifact Signing, which signs on Microsoft's side: certificates for Windows no longer come as files.
 * electron-builder would else take Apple's certificate, and be content.
 */
function windowsSigning(env: Environment): Pick<NonNullable<Configuration['win']>, 'azureSignOptions'> {
  const value = (name: string) => env[`AZURE_SIGNING_${name}`] ?? '';
  const options = {
    endpoint: value('ENDPOINT'),
    codeSigningAccountName: value('ACCOUNT'),
    certificateProfileName: value('PROFILE'),
    publisherName: value('PUBLISHER'),
  };
  const given = Object.values(options).filter((each) => each !== '');
  if (given.length === 0) return {};
  if (given.length < 4) {
    throw new Error('Set all of AZURE_SIGNING_ENDPOINT, _ACCOUNT, _PROFILE and _PUBLISHER, or none.');
  }
  return { azureSignOptions: options };
}

function mac(env: Environment, updates: boolean): NonNullable<Configuration['mac']> {
  // Parts that are signed by nobody do not load one another under the hardened runtime.
  const signed = looksForCertificate(env);
  return {
    // electron-updater takes new versions out of the zip.
    target: updates ? ['dmg', 'zip'] : ['dmg'],
    icon: 'packaging/icons/mac.png',
    category: 'public.app-category.developer-tools',
    files: filesFor('darwin'),
    minimumSystemVersion: firstMacOs,
    // The app lives in the menu bar, not in the Dock.
    extendInfo: { LSUIElement: true, NSLocalNetworkUsageDescription: localNetworkReason },
    hardenedRuntime: signed,
    // By nobody's signature, as Apple silicon starts nothing without one.
    ...(!signed && env['TOKEN_TRAY_MUST_SIGN'] !== '1' && { identity: '-' }),
    entitlements: 'packaging/mac/entitlements.plist',
    entitlementsInherit: 'packaging/mac/entitlements.plist',
    // Goes by APPLE_API_KEY and its like, and is left out without.
    notarize: true,
  };
}

function linux(env: Environment): NonNullable<Configuration['linux']> {
  return {
    target: ['deb', 'AppImage'],
    executableName: linuxLauncher,
    syncDesktopName: true,
    icon: 'packaging/icons/linux',
    files: filesFor('linux'),
    category: 'Utility',
    maintainer: env['TOKEN_TRAY_MAINTAINER'] ?? 'The Token Tray maintainers <maintainers@token-tray.invalid>',
    synopsis: 'lends one signed-in API session to local tools',
    description: 'Keeps you signed in and gives local tools their access token',
    desktop: { entry: { Keywords: 'token;API;OAuth;sign in;' } },
  };
}
