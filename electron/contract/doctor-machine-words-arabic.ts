import type { KeyStoreFinding, MachineFinding, MemoryReason, WordsFor } from './doctor-findings.ts';
import { leftToRight as ltr } from './left-to-right.ts';
import type { PolicyTrouble } from './policy.ts';

const stores = {
  'safe-storage': 'تسجيل الدخول محفوظ، يشفّره هذا الحاسوب.',
  keyring: 'تسجيل الدخول محفوظ، ومختوم بمفتاح في مخزن مفاتيح هذا الحاسوب، وهو مفتوح.',
  passphrase: 'تسجيل الدخول محفوظ، ومختوم بعبارة المرور.',
} as const;

const memory: Readonly<Record<MemoryReason, readonly [sentence: string, remedy: string]>> = {
  asked: [
    `طُلب الحفظ في الذاكرة وحدها (${ltr('TOKEN_TRAY_KEY_STORE')})، فينتهي تسجيل الدخول مع البرنامج`,
    'ألغِ هذا المتغيّر إن أردت أن يبقى بعد إعادة التشغيل.',
  ],
  none: [
    'ليس لهذا الحاسوب مخزن مفاتيح، فيُحفظ تسجيل الدخول في الذاكرة وينتهي مع البرنامج',
    'ثبّت مخزن مفاتيح ليبقى تسجيل الدخول بعد إعادة التشغيل.',
  ],
  locked: [
    'مخزن مفاتيح هذا الحاسوب مقفل، فيُحفظ تسجيل الدخول في الذاكرة وينتهي مع البرنامج',
    'افتح قفله قبل التشغيل القادم.',
  ],
  denied: [
    'رُفض الوصول إلى مخزن مفاتيح هذا الحاسوب حين سأل، فيُحفظ تسجيل الدخول في الذاكرة وينتهي مع البرنامج',
    `اسمح لـ Token Tray حين يسأل المخزن عند التشغيل القادم (على ${ltr('macOS')} اختر ${ltr('“Always Allow”')})، أو عيّن ${ltr('TOKEN_TRAY_PASSPHRASE')}.`,
  ],
  no_prompt: [
    'مخزن مفاتيح هذا الحاسوب مقفل ولا يستطيع أن يعرض سؤاله هنا، فيُحفظ تسجيل الدخول في الذاكرة وينتهي مع البرنامج',
    `على ${ltr('macOS')} شغّل ${ltr('security unlock-keychain')} في جلسة ${ltr('ssh')} نفسها ثم ${ltr('token-tray agent')} فيها، أو شغّله بصفة ${ltr('LaunchAgent')} في جلسة سطح المكتب. أو عيّن ${ltr('TOKEN_TRAY_PASSPHRASE')}.`,
  ],
  running: [
    'يُبقي Token Tray تسجيل الدخول في الذاكرة وحدها، فينتهي معه',
    'ليبقى محفوظاً، أنهِ البرنامج ثم شغّله ومخزن المفاتيح مفتوح.',
  ],
};

const locked = 'مخزن مفاتيح هذا الحاسوب لا يُفتح';

const lockedSentences = {
  key_store: locked,
  key_store_restart: locked,
  key_store_denied: 'رُفض الوصول إلى مخزن مفاتيح هذا الحاسوب حين سأل',
  key_store_no_prompt: 'مخزن مفاتيح هذا الحاسوب مقفل، ولا يستطيع أن يعرض سؤاله هنا',
} as const;

const byPassphrase = `اضبط ${ltr('TOKEN_TRAY_KEY_STORE=passphrase')} و${ltr('TOKEN_TRAY_PASSPHRASE')} قبل ${ltr('token-tray agent')}، ثم سجّل الدخول من جديد.`;
const unlock =
  'افتح قفله: سجّل الدخول إلى سطح مكتب هذا الحاسوب، أو أجب عن سؤاله. ثم أعد تشغيل Token Tray إن كان يعمل بأيقونة. ' +
  `وعبر ${ltr('ssh')} ${byPassphrase}`;

const lockedRemedies = {
  key_store: unlock,
  key_store_restart: unlock,
  key_store_denied:
    `لا يسأل Token Tray من جديد من تلقاء نفسه. ليُسأل المخزن من جديد شغّل ${ltr('token-tray login')} أو أعد تشغيل ` +
    `${ltr('token-tray agent')}. وعلى ${ltr('macOS')} اختر ${ltr('“Always Allow”')}.`,
  key_store_no_prompt:
    `على ${ltr('macOS')} شغّل ${ltr('security unlock-keychain')} في جلسة ${ltr('ssh')} نفسها ثم ${ltr('token-tray agent')} فيها، ` +
    `أو شغّله بصفة ${ltr('LaunchAgent')} في جلسة سطح المكتب. أو ${byPassphrase}`,
} as const;

export const arabicKeyStoreWords: WordsFor<KeyStoreFinding> = {
  key_store_good: ({ store }) => [stores[store], null],
  memory_only: ({ why, detail }) => [`${memory[why][0]}${told(detail)}`, memory[why][1]],
  key_store_locked: ({ detail, stored, reason }) => [
    `${lockedSentences[reason]}${stored ? '، وتسجيل الدخول المحفوظ يحتاج إليه' : ''}${told(detail)}`,
    lockedRemedies[reason],
  ],
  key_store_gone: ({ detail }) => [
    `يُفترض أن يختم مخزن مفاتيح هذا الحاسوب تسجيل الدخول، ولا مخزن هنا${told(detail)}`,
    'ابدأ من سطح مكتب فيه مخزن؛ وما خُتم به يبقى كما هو حتى ذلك الحين.',
  ],
  key_store_not_asked: () => [
    'لم يُسأل مخزن المفاتيح، فقد يكون سؤال من Token Tray آخر على الشاشة.',
    'افحص من جديد حين يجيب ذاك أو ينتهي.',
  ],
  key_store_unknown: () => [
    `قيمة ${ltr('TOKEN_TRAY_KEY_STORE')} ليست من: ${ltr('keyring, passphrase, memory')}.`,
    'اجعلها واحدة منها، أو ألغِها.',
  ],
  key_lost: () => [
    'مفتاح تسجيل الدخول المحفوظ لم يعد في مخزن المفاتيح، فلا يمكن فتحه.',
    'سجّل الدخول من جديد؛ يوضع الملف القديم جانباً.',
  ],
  passphrase_missing: () => [
    `يُفترض أن تختم عبارة مرور تسجيل الدخول، و${ltr('TOKEN_TRAY_PASSPHRASE')} غير معيّنة.`,
    'عيّنها قبل بدء Token Tray.',
  ],
  passphrase_wrong: () => [
    'عبارة المرور لا تفتح تسجيل الدخول المحفوظ.',
    `اجعل ${ltr('TOKEN_TRAY_PASSPHRASE')} العبارة التي حُفظ بها.`,
  ],
  stored_elsewhere: ({ account, protection }) => [
    `تسجيل دخول ${ltr(account)} محفوظ بحماية أخرى (${ltr(protection)}) لا يستعملها هذا الإعداد.`,
    `شغّل البرنامج الذي حفظه، أو احذفه بالأمر ${ltr('token-tray logout')}.`,
  ],
};

const policyTroubles: Readonly<Record<PolicyTrouble['kind'], (key: string) => string>> = {
  not_json: () => `ليست كائن ${ltr('JSON')}`,
  unknown_key: (key) => `فيها مفتاح غير معروف، ${ltr(key)}`,
  bad_value: (key) => `قيمة ${ltr(key)} لا تصلح`,
  unchecked: () => `لم يبيّن ${ltr('PowerShell')} من يحق له تغييرها، فتعذّر التحقق منها`,
  not_administrators: () => 'ربما كتبها من ليس مسؤولاً عن هذا الحاسوب',
  unreadable: () => 'تعذّرت قراءتها',
};

export const arabicMachineWords: WordsFor<MachineFinding> = {
  managed: ({ path, names }) => [
    `حدّد المسؤول عن هذا الحاسوب: ${names.map(ltr).join('، ')} (${ltr(path)}).`,
    null,
  ],
  policy_wrong: ({ path, trouble }) => [
    `لا يُستخدم شيء من سياسة هذا الحاسوب (${ltr(path)}): ${policyTroubles[trouble.kind]('key' in trouble ? trouble.key : '')}.`,
    'على المسؤول عن هذا الحاسوب إصلاحها؛ وحتى ذلك الحين تسري الإعدادات المعتادة.',
  ],
  certificates_good: ({ count }) => [`جهات التصديق الخاصة بهذا الحاسوب موثوقة، وعددها ${count}.`, null],
  certificates_unreadable: () => [
    'تعذّرت قراءة جهات التصديق الخاصة بهذا الحاسوب؛ وتُعتمد المرفقة مع البرنامج.',
    'لا يلزم فعل شيء ما لم تكن شهادة خدمة أو خادم وكيل غير موثوقة.',
  ],
  certificates_refused: ({ count }) => [
    `جهات التصديق الخاصة بهذا الحاسوب، وعددها ${count}، غير موثوقة: لم يقبلها Node.js.`,
    `ثبّت أحدث إصدار من Node.js من ${ltr('https://nodejs.org')}.`,
  ],
  certificates_unchecked: () => [
    `قيمة ${ltr('NODE_TLS_REJECT_UNAUTHORIZED')} صفر: Token Tray يفحص الشهادات رغم ذلك، وبرامج أخرى لا تفحصها.`,
    'ألغِها، وثِق بجهة تصديق شبكتك بدلاً منها.',
  ],
  node_good: ({ version }) => [`إصدار Node.js ${ltr(version)} حديث بما يكفي.`, null],
  node_old: ({ version, needed }) => [
    `إصدار Node.js ${ltr(version)} أقدم مما يحتاج إليه Token Tray.`,
    `ثبّت Node.js ${ltr(needed)} أو أحدث من ${ltr('https://nodejs.org')}.`,
  ],
};

function told(detail: string | null): string {
  return detail === null ? '.' : ` (يقول: ${ltr(detail)}).`;
}
