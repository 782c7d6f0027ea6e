import type { Settings } from '../core/ports.ts';

/**
 * Whose key opens a route: nobody’s need, any known one that is not for the proxy alone, any known one (`proxy`), or the
 * owner’s alone.
 */
export type Access = 'public' | 'any_key' | 'proxy' | 'owner_key';

/**
 * Who sends a request, as its key tells. `nobody`: on the routes that need no key. `lease`: a program that the owner
 * of this computer lent a key to. `digest`: the SHA-256 of its key in base64url. `account` null: any.
 */
export type Caller =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'owner' }
  | { readonly kind: 'lease'; readonly digest: string; readonly account: string | null }
  | {
      readonly kind: 'tool';
      readonly name: string;
      readonly digest: string;
      readonly account: string | null;
      readonly proxyOnly: boolean;
    };

/** Whether this caller's key opens a route of this kind at all. */
export function mayOpen(access: Access, caller: Caller): boolean {
  switch (access) {
    case 'public':
      return true;
    case 'any_key':
      return caller.kind !== 'tool' || !caller.proxyOnly;
    case 'proxy':
      return caller.kind !== 'nobody';
    case 'owner_key':
      return caller.kind === 'owner';
  }
}

/**
 * The account that a request is about: the one it names, else the key's own, else null for the home's default one.
 * `not_its_own`: the key is for another account alone.
 */
export function accountFor(
  caller: Caller,
  named: string | undefined,
): { readonly kind: 'account'; readonly account: string | null } | { readonly kind: 'not_its_own' } {
  const own = caller.kind === 'tool' || caller.kind === 'lease' ? caller.account : null;
  if (own !== null && named !== undefined && named !== own) return { kind: 'not_its_own' };
  return { kind: 'account', account: named ?? own };
}

/** The tool's name in ledger and counts; null: a program that comes by the owner's key or a lease of it. */
export function toolOf(caller: Caller): string | null {
  return caller.kind === 'tool' ? caller.name : null;
}

/** Whether it comes by the owner's key or a lease of it: one of the "programs of this user". */
function isProgramOfThisUser(caller: Caller): boolean {
  return caller.kind === 'owner' || caller.kind === 'lease';
}

/** A person can keep tokens from programs that merely run as this user; tools with a key of their own go on. */
export function mayHaveTokens(caller: Caller, settings: Pick<Settings, 'get'>): boolean {
  return !isProgramOfThisUser(caller) || settings.get('programsOfThisUser');
}
