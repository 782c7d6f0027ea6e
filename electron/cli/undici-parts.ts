/** What is used of undici; `request`, with which doctor and the proxy ask, its index adds to all dispatchers. */
const parts = `
exports.Client = require('./lib/dispatcher/client.js');
exports.Pool = require('./lib/dispatcher/pool.js');
exports.ProxyAgent = require('./lib/dispatcher/proxy-agent.js');
require('./lib/dispatcher/dispatcher.js').prototype.request = require('./lib/api/api-request.js');
`;

/** A plugin of both builds: undici's index loads its fetch, caches and web sockets too, megabytes kept for nothing. */
export const undiciParts = {
  name: 'undici-parts',
  load: (id: string) => (/[\\/]undici[\\/]index\.js$/.test(id) ? parts : null),
};
