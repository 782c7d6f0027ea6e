// `npm pack` in this folder: it would make a package of the whole program, tray app and sources included.
process.stderr.write('The package for npm is made by `npm run pack:cli`, into out/package.\n');
process.exitCode = 1;
