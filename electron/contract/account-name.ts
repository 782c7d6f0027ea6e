/** An account's id as people read it: its user name, and the host where an id holds it (`U|HOST`). */
export interface AccountName {
  readonly user: string;
  readonly host: string | null;
}

/** Two accounts of one user name at different services differ by the host after the last `|`. */
export function accountName(account: string): AccountName {
  const bar = account.lastIndexOf('|');
  return bar < 1
    ? { user: account, host: null }
    : { user: account.slice(0, bar), host: account.slice(bar + 1) };
}
