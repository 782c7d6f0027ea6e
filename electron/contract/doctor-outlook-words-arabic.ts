import { clockText } from './clock-text.ts';
import type { NoTokenReason, OutlookFinding, WhyNoToken, WordsFor } from './doctor-findings.ts';
import { leftToRight as ltr } from './left-to-right.ts';
import type { ProblemReason } from './problems.ts';

type Words = readonly [clause: string, remedy: string];

const offlineWords: Readonly<Record<ProblemReason, Words>> = {
  network: ['تعذّر الوصول إلى الخدمة', 'تحقّق من الشبكة؛ يحاول Token Tray من جديد من تلقاء نفسه.'],
  proxy: ['لا يفتح الخادم الوكيل اتصالاً بالخدمة', 'تحقّق من عنوان الخادم الوكيل وحسابه.'],
  certificate: ['شهادة الخدمة غير موثوقة', 'تحقّق من الشبكة ومن عنوان الخدمة.'],
  clock: ['شهادة الخدمة غير صالحة بحسب ساعة هذا الحاسوب', 'تحقّق من تاريخ هذا الحاسوب ووقته.'],
  uncertain: [
    'لم يصل جواب صالح عن آخر تجديد، فينتظر Token Tray قبل أن يسأل من جديد',
    'انتظر؛ يحاول Token Tray من جديد حين تحتاج أداة إلى رمز.',
  ],
  store: [
    'تعذّر تسجيل الرموز الجديدة، فلا يُطلب إلا رمز واحد كل ساعة',
    `أصلح ما ذُكر عن ${ltr('ledger.jsonl')}.`,
  ],
  waking: ['استيقظ هذا الحاسوب للتوّ', 'انتظر لحظة؛ يحاول Token Tray من جديد من تلقاء نفسه.'],
};

const signIn = `سجّل الدخول بالأمر: ${ltr('token-tray login')}`;

const whyWords: Readonly<Record<Exclude<NoTokenReason, 'offline'>, Words>> = {
  no_account: ['لا حساب مسجّل الدخول', signIn],
  signed_out: ['الحساب مسجّل الخروج', signIn],
  signing_in: ['تسجيل الدخول جارٍ', 'انتظر حتى ينتهي ثم افحص من جديد.'],
  needs_sign_in: ['أنهت الخدمة الجلسة', `سجّل الدخول من جديد بالأمر: ${ltr('token-tray login')}`],
  suspended: ['أوقفت الخدمة الحساب', `اطلب من الخدمة رفع الإيقاف، ثم نفّذ الأمر: ${ltr('token-tray login')}`],
  paused: ['الأدوات متوقفة مؤقتاً', `أنهِ التوقف بالأمر: ${ltr('token-tray resume')}`],
  service_error: ['أجابت الخدمة بخطأ', 'حاول من جديد بعد دقيقة.'],
  rate_limited: ['تقول الخدمة إن الطلبات كثيرة', 'انتظر حتى ذلك الوقت.'],
  budget_exhausted: [
    'نفد المسموح من الرموز الجديدة، وفي ذلك حماية للحساب',
    `انتظر حتى ذلك الوقت؛ والأمر ${ltr('token-tray activity')} يبيّن أي الأدوات تسأل كثيراً.`,
  ],
  locked: [
    'الجلسة المحفوظة مقفلة',
    `افتح قفل مخزن مفاتيح هذا الحاسوب، أو شغّله بقيمة ${ltr('TOKEN_TRAY_PASSPHRASE')} الصحيحة.`,
  ],
  not_saved: [
    'تعذّر حفظ آخر جواب للخدمة وسيُفقد',
    'أفرِغ بعض المساحة أو اجعل المجلد قابلاً للكتابة؛ يواصل Token Tray المحاولة ما دام يعمل.',
  ],
};

export const arabicOutlookWords: WordsFor<OutlookFinding> = {
  tool_gets_token: ({ account, until }) => [
    `الأداة التي تسأل الآن تأخذ رمزاً للحساب ${ltr(account)} صالحاً حتى ${clock(until)}.`,
    null,
  ],
  tool_gets_new_token: ({ account }) => [
    `الأداة التي تسأل الآن تأخذ رمزاً للحساب ${ltr(account)} بعد أن يجدّده Token Tray.`,
    null,
  ],
  token_not_renewed: ({ account, until, ...why }) => [
    `تأخذ الأدوات رمز الحساب ${ltr(account)} حتى ${clock(until)}، ولا يُجدَّد الآن: ${clauseOf(why)}.`,
    remedyOf(why),
  ],
  token_ends: ({ account, until, ...why }) => [
    `تأخذ الأدوات رمز الحساب ${ltr(account)} حتى ${clock(until)} ولا شيء بعد ذلك: ${clauseOf(why)}.`,
    remedyOf(why),
  ],
  tool_gets_nothing: ({ account, ...why }) => [
    `الأداة التي تسأل الآن لا تأخذ رمزاً${account === null ? '' : ` للحساب ${ltr(account)}`}: ${clauseOf(why)}.`,
    remedyOf(why),
  ],
  programs_off: () => [
    'لا تأخذ رمزاً إلا الأدوات التي لها مفتاح خاص، فقد أُوقف خيار «برامج هذا المستخدم».',
    'شغّله في صفحة الأدوات إن كان على برامج هذا المستخدم أن تأخذ رمزاً أيضاً.',
  ],
  no_key_served: () => [
    'لا يأخذ أي برنامج رمزاً: أُوقف خيار «برامج هذا المستخدم» ولا مفتاح لأي أداة.',
    `شغّله في صفحة الأدوات، أو أضف أداة بالأمر: ${ltr('token-tray tools add NAME')}`,
  ],
};

function clauseOf({ why, reason, retryAt }: WhyNoToken): string {
  const [clause] = wordsOf({ why, reason });
  return retryAt === null ? clause : `${clause} (حتى ${clock(retryAt)})`;
}

function remedyOf(why: WhyNoToken): string {
  return wordsOf(why)[1];
}

function wordsOf({ why, reason }: Pick<WhyNoToken, 'why' | 'reason'>): Words {
  return why === 'offline' ? offlineWords[reason ?? 'network'] : whyWords[why];
}

function clock(time: string): string {
  return clockText(Date.parse(time), 'ar');
}
