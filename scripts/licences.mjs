// A step of the build: the licences of everything that the tray app is shipped with, as one text beside it. What that
// is, the lock file says: each package that is there for more than development.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

// The optional packages of the project itself are the Node.js that a clone runs on. The native key store library is the
// agent's: it comes with the package for npm as a package of its own, with its own notices.
const node = Object.keys(packages[''].optionalDependencies).map((name) => `node_modules/${name}`);
const ofAgent = (path) => path.startsWith('node_modules/@napi-rs/keyring');
const ownLicence = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
const shipped = Object.entries(packages)
  .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
  .filter(([path]) => !node.includes(path) && !ofAgent(path))
  .map(([path, { version, license }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return { title: `${name} ${version} (${license ?? 'see below'})`, text: licenceText(join(root, path)) };
  })
  .sort((one, other) => one.title.localeCompare(other.title, 'en'));

const electron = `Electron and Chromium (MIT, and others)

The window is Electron's. Its own licence and those of all that Chromium is made of are in LICENSE.electron.txt and
LICENSES.chromium.html: beside Electron's program, on macOS in Contents/Resources of the app.`;
const own = `Token Tray (MIT)\n\n${ownLicence}`;
const parts = [own, electron, ...shipped.map(({ title, text }) => `${title}\n\n${text}`)];
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out', 'licences.txt'), `${parts.join(`\n\n${'-'.repeat(40)}\n\n`)}\n`);

/** What a package says of its licence; the text of the MIT licence where it names that and brings no text. */
function licenceText(folder) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const { author, license, name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (license !== 'MIT') throw new Error(`${name} (${license}) has no text of its licence. Add it here.`);
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  return ownLicence.replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}
