import { checkPackage } from './check-package.ts';

const [path] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('npm run package:check -- FOLDER: the folder of a packaged Token Tray, or its .app\n');
  process.exit(2);
}
const findings = await checkPackage(path);
for (const { good, text } of findings) process.stdout.write(`${good ? 'good ' : 'WRONG'}  ${text}\n`);
process.exitCode = findings.every(({ good }) => good) ? 0 : 1;
