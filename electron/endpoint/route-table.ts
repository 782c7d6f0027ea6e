import type { Route } from './route.ts';

/** The routes of one path. */
export interface PathRoutes {
  readonly byMethod: ReadonlyMap<string, Route>;
  /** The methods as an `Allow` header lists them (RFC 9110 §10.2.1). */
  readonly allow: string;
  /** No key is needed, whatever the method. */
  readonly isPublic: boolean;
}

/** Every route, found by its exact path, or by how that begins: nothing is decoded, folded or normalised. */
export class RouteTable {
  readonly #byPath = new Map<string, PathRoutes>();
  readonly #prefixes: readonly string[];

  constructor(routes: readonly Route[]) {
    for (const [path, samePath] of Map.groupBy(routes, (route) => route.path)) {
      const byMethod = new Map(
        samePath.flatMap((route) => methodsOf(route).map((method) => [method, route])),
      );
      this.#byPath.set(path, {
        byMethod,
        allow: [...byMethod.keys()].join(', '),
        isPublic: samePath.every((route) => route.access === 'public'),
      });
    }
    this.#prefixes = [...this.#byPath.keys()].filter((path) => path.endsWith('/*'));
  }

  at(path: string): PathRoutes | undefined {
    const exact = this.#byPath.get(path);
    if (exact !== undefined && !path.endsWith('*')) return exact;
    const prefix = this.#prefixes.find((known) => path.startsWith(known.slice(0, -1)));
    return prefix === undefined ? undefined : this.#byPath.get(prefix);
  }
}

/** HEAD is answered as GET is; Node leaves the body out (RFC 9110 §9.3.2). The proxy has a HEAD of its own. */
function methodsOf({ method }: Route): readonly string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}
