import { expect, it } from 'vitest';
import { notFetched } from '../../scripts/electron-binary.mjs';

const hint = 'It comes from GitHub, or from the mirror that ELECTRON_MIRROR names.';

it.each([
  ['TypeError: fetch failed\n    at Object.processResponse (node:internal/deps/undici)\n', ' (fetch failed)'],
  ['HTTPError: Response code 404 (Not Found)\n    at x', ' (Response code 404 (Not Found))'],
  ['', ''],
])('an Electron that could not be fetched is explained: %j', (said, cause) => {
  expect(notFetched(said)).toBe(`Electron’s binary could not be fetched${cause}. ${hint}`);
});
