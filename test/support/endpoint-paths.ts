import { readdirSync, readFileSync } from 'node:fs';

const routes = new URL('../../electron/endpoint/routes/', import.meta.url);

/** Every path that the endpoint has a route for, read from the routes' source: none can be forgotten. */
export const endpointPaths: readonly string[] = [
  ...new Set(
    readdirSync(routes).flatMap((name) =>
      [...readFileSync(new URL(name, routes), 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(
        ([, path = '']) => path,
      ),
    ),
  ),
].sort();
