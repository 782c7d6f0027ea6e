import {
  Ban,
  Check,
  CircleQuestionMark,
  CloudOff,
  FileWarning,
  Hourglass,
  Lock,
  LogIn,
  Pause,
  RefreshCw,
  TimerOff,
  TriangleAlert,
  UserRound,
  type LucideIcon,
} from '@lucide/vue';
import type { FaceName } from '../../electron/contract/status-face.ts';

/** What stands in the ring where there are no minutes to count: a situation is never told by colour alone. */
export const faceIcons: Readonly<Record<FaceName, LucideIcon>> = {
  active: Check,
  renewing: RefreshCw,
  uncertain: CircleQuestionMark,
  uncertain_over: CircleQuestionMark,
  offline: CloudOff,
  offline_over: CloudOff,
  rate_limited: TimerOff,
  unrecorded: FileWarning,
  budget_spent: Hourglass,
  locked: Lock,
  needs_sign_in: LogIn,
  needs_sign_in_over: LogIn,
  unreadable: LogIn,
  suspended: Ban,
  paused: Pause,
  not_saved: TriangleAlert,
  signed_out: UserRound,
  signing_in: UserRound,
};
