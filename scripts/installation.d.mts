interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly libc?: readonly string[];
  readonly engines?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export function isInstalled(lock: Lock, installed: Lock | null): boolean;

export function isAtLeast(version: string, needed: string): boolean;

export function nodePackageFor(
  lock: Lock,
  system: { readonly platform: string; readonly arch: string; readonly glibc: boolean },
): { readonly name: string; readonly version: string } | null;

export function installerNode(options: {
  readonly platform: string;
  readonly modules: string;
  readonly own: string;
  readonly candidates: readonly string[];
}): string | null;
