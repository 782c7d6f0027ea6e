// What is installed, and which Node.js may install it: decisions of `prepare.mjs`, without effects. Node.js 20 reads it.
import { posix, win32 } from 'node:path';

/**
 * True if node_modules holds what package-lock.json lists. `installed` is npm's own record of its last complete
 * installation (node_modules/.package-lock.json), null if there is none. Optional packages may be missing: most are
 * for other systems.
 */
export function isInstalled(lock, installed) {
  if (installed === null) return false;
  const listed = Object.entries(lock.packages).filter(([path]) => path !== '');
  return (
    Object.keys(installed.packages).every((path) => path in lock.packages) &&
    listed.every(([path, { version, integrity, optional }]) => {
      const found = installed.packages[path];
      if (found === undefined) return optional === true;
      return found.version === version && found.integrity === integrity;
    })
  );
}

/** Compares two full versions, such as `24.5.0`, by major, minor and patch. */
export function isAtLeast(version, needed) {
  const [one, other] = [version, needed].map((text) =>
    text.split('.').map((part) => Number.parseInt(part, 10)),
  );
  const differing = one.findIndex((part, index) => part !== other[index]);
  return differing === -1 || one[differing] > other[differing];
}

/**
 * The npm package that brings Node.js to this system: its name, its version, and the path of the program in it; null
 * if there is none. `glibc` is false where another C library is used.
 */
export function nodePackageFor({ packages }, { platform, arch, glibc }) {
  const names = Object.keys(packages[''].optionalDependencies).map((name) => ({
    name,
    ...packages[`node_modules/${name}`],
  }));
  const fits = ({ os, cpu, libc }) =>
    [os].flat().includes(platform) && [cpu].flat().includes(arch) && (libc === undefined || glibc);
  const found = names.find(fits);
  return found === undefined ? null : { name: found.name, version: found.version };
}

/**
 * The program that runs `npm ci`: the first candidate outside node_modules, which `npm ci` removes. Null if there is
 * none, and on Windows if `own`, the program that runs this, is inside: Windows does not delete a running program.
 */
export function installerNode({ platform, modules, own, candidates }) {
  const { relative, isAbsolute, sep } = platform === 'win32' ? win32 : posix;
  const isOutside = (path) => {
    const way = relative(modules, path);
    return way.startsWith(`..${sep}`) || isAbsolute(way);
  };
  if (platform === 'win32' && !isOutside(own)) return null;
  return [own, ...candidates].find(isOutside) ?? null;
}
