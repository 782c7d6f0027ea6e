import type { NoTokenReason, OutlookFinding } from './contract/doctor-findings.ts';
import type { AccountOutlook, OutlookAnswer } from './contract/wire.ts';

/** What a tool would get from the running owner, for each account and each kind of key. */
export function outlookFindings(outlook: OutlookAnswer): readonly OutlookFinding[] {
  return [...outlook.accounts.map(accountFinding), ...keyFindings(outlook)];
}

function accountFinding(outlook: AccountOutlook): OutlookFinding {
  const { account, gives, expires_at: until, reason, retry_at: retryAt } = outlook;
  if (gives === 'renewal' && account !== null) return { code: 'tool_gets_new_token', account };
  const why = whyOf(outlook);
  if (gives === 'token' && account !== null && until !== null) {
    if (why === null) return { code: 'tool_gets_token', account, until };
    return {
      code: needsPerson(why) ? 'token_ends' : 'token_not_renewed',
      account,
      until,
      why,
      reason,
      retryAt,
    };
  }
  return { code: 'tool_gets_nothing', account, why: why ?? 'signed_out', reason, retryAt };
}

/** The refusal's code, more exact where the state tells more. */
function whyOf({ account, state, code }: AccountOutlook): NoTokenReason | null {
  if (code !== 'signed_out') return code;
  if (account === null) return 'no_account';
  return state === 'needs_sign_in' || state === 'signing_in' ? state : code;
}

function needsPerson(why: NoTokenReason): boolean {
  switch (why) {
    case 'no_account':
    case 'signed_out':
    case 'signing_in':
    case 'needs_sign_in':
    case 'suspended':
    case 'locked':
    case 'not_saved':
    case 'paused':
      return true;
    case 'offline':
    case 'service_error':
    case 'rate_limited':
    case 'budget_exhausted':
      return false;
  }
}

function keyFindings(outlook: OutlookAnswer): readonly OutlookFinding[] {
  if (outlook.programs_of_this_user) return [];
  return [{ code: outlook.tool_keys > 0 ? 'programs_off' : 'no_key_served' }];
}
