import type { FailureCode } from '../../electron/contract/failures.ts';

export type FormField = 'email' | 'password' | 'address';

/** The first field of the login form that a failure finds wrong; null: it is none of theirs. */
export function wrongField(code: FailureCode): FormField | null {
  switch (code) {
    case 'wrong_credentials':
    case 'empty_password':
    case 'password_not_text':
      return 'password';
    case 'empty_username':
    case 'username_not_text':
    case 'username_with_colon':
      return 'email';
    case 'bad_service_address':
    case 'insecure_service':
      return 'address';
    default:
      return null;
  }
}
