import type { Route } from './route.ts';

/** The routes of one path. */
export interface PathRoutes {
  readonly byMethod: ReadonlyMap<string, Route>;
  /** The methods as an `Allow` header lists them (RFC 9110 §10.2.1). */
  readonly allow: string;
  /** No key is needed, whatever the method. */
  readonly isPublic: boolean;
}

/** Every route, found by its exact path: nothing is decoded, folded or normalised. */
export class RouteTable {
  readonly #byPath = new Map<string, PathRoutes>();

  constructor(routes: readonly Route[]) {
    for (const [path, samePath] of Map.groupBy(routes, (route) => route.path)) {
      this.#byPath.set(path, {
        byMethod: new Map(samePath.map((route) => [route.method, route])),
        allow: samePath.map((route) => route.method).join(', '),
        isPublic: samePath.every((route) => route.access === 'public'),
      });
    }
  }

  at(path: string): PathRoutes | undefined {
    return this.#byPath.get(path);
  }
}
