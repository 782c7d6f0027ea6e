/** What is used of undici; `request`, with which doctor and the proxy ask, its index adds to all dispatchers. */
const undici = `
exports.buildConnector = require('./lib/core/connect.js');
exports.Client = require('./lib/dispatcher/client.js');
exports.Pool = require('./lib/dispatcher/pool.js');
exports.ProxyAgent = require('./lib/dispatcher/proxy-agent.js');
require('./lib/dispatcher/dispatcher.js').prototype.request = require('./lib/api/api-request.js');
`;

/** conf checks settings by ajv where it is given a schema; ours are checked by zod, and it is given none. */
const noAjv = `
exports.Ajv2020 = class {
  constructor() {
    throw new Error('The settings have no schema of conf.');
  }
};
`;

const parts: readonly (readonly [RegExp, string])[] = [
  [/[\\/]undici[\\/]index\.js$/, undici],
  [/[\\/]ajv[\\/]dist[\\/]2020\.js$/, noAjv],
  [/[\\/]ajv-formats[\\/]dist[\\/]index\.js$/, 'module.exports = () => undefined;'],
];

/**
 * A plugin of both builds: of these libraries the part alone that is used. undici's index loads its fetch, caches and
 * web sockets too, and conf a compiler of schemas: megabytes of source and memory for nothing.
 */
export const usedParts = {
  name: 'used-parts',
  load: (id: string) => parts.find(([path]) => path.test(id))?.[1] ?? null,
};
