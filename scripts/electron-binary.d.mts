export function findElectron():
  { readonly path: string } | { readonly path?: undefined; readonly reason: string };
