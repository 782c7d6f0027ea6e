import { FuseV1Options, FuseVersion, type FuseV1Config } from '@electron/fuses';

/** The systems as Electron names them. */
export const systems = ['darwin', 'win32', 'linux'] as const;
export type System = (typeof systems)[number];

/**
 * The fuses of a release; docs/packaging.md says why each. electron-builder's own option knows neither all of them nor
 * `strictlyRequireAllFuses`, by which a fuse that a later Electron brings ends the build until it stands here.
 */
export function fusesOf(system: System): FuseV1Config & { readonly strictlyRequireAllFuses: true } {
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    // Linux has no place for the hash, and Electron does not look there.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: system !== 'linux',
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  };
}
