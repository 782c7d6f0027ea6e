// A step of the build: the licences of everything that the program is shipped with, as one text beside it. What that
// is, the lock file says: each package that is there for more than development.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

// The optional packages of the project itself are the Node.js that a clone runs on.
const node = Object.keys(packages[''].optionalDependencies).map((name) => `node_modules/${name}`);
const shipped = Object.entries(packages)
  .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && !node.includes(path))
  .map(([path, { version, license }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return { title: `${name} ${version} (${license ?? 'see below'})`, text: licenceText(join(root, path)) };
  })
  .sort((one, other) => one.title.localeCompare(other.title, 'en'));

const electron = `Electron and Chromium (MIT, and others)

The window is Electron's. Its own licences, and those of all that Chromium is made of, lie beside Electron's program
in LICENSE and LICENSES.chromium.html.`;
const own = `Token Tray (MIT)\n\n${readFileSync(join(root, 'LICENSE'), 'utf8').trim()}`;
const parts = [own, electron, ...shipped.map(({ title, text }) => `${title}\n\n${text}`)];
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out', 'licences.txt'), `${parts.join(`\n\n${'-'.repeat(40)}\n\n`)}\n`);

/** What a package says of its licence; some systems' own binaries are not installed here, and their licence is their parent's. */
function licenceText(folder) {
  try {
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return texts.length > 0 ? texts.join('\n\n') : 'It comes without a text of its licence.';
  } catch {
    return 'For another system than this.';
  }
}
