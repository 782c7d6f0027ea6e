export function findElectron():
  { readonly path: string } | { readonly path?: undefined; readonly reason: string };

export function notFetched(said: string): string;
