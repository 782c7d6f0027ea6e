import { arabicAddressWords, arabicServiceWords } from './doctor-way-words-arabic.ts';
import type {
  Finding,
  HomeFinding,
  KeyStoreFinding,
  MachineFinding,
  MemoryReason,
  WordsFor,
} from './doctor-findings.ts';
import type { UnwritableReason } from './failures.ts';
import { leftToRight as ltr } from './left-to-right.ts';
import type { PolicyTrouble } from './policy.ts';

const reasons: Readonly<Record<UnwritableReason, readonly [trouble: string, remedy: string]>> = {
  disk_full: ['القرص ممتلئ', 'أفرِغ بعض المساحة.'],
  read_only: ['القرص للقراءة فقط', 'اجعل القرص قابلاً للكتابة، أو اختر مجلداً آخر.'],
  no_permission: ['هذا المستخدم لا يملك الإذن', 'أعِد ملكيته إلى هذا المستخدم.'],
  newer_version: ['كتبه إصدار أحدث من Token Tray', 'شغّل الإصدار الأحدث؛ هذا الإصدار يترك الملف كما هو.'],
  not_a_file: ['مكانه رابط أو مجلد', 'انقله من مكانه؛ Token Tray لا يتبع الروابط.'],
  changed_meanwhile: ['برنامج آخر يغيّره', 'أغلق البرنامج الآخر وافحص من جديد.'],
  input_output: ['أبلغ القرص عن خطأ', 'افحص القرص.'],
};

const home: WordsFor<HomeFinding> = {
  home_good: ({ home: folder }) => [`المجلد ${ltr(folder)} لهذا المستخدم وحده.`, null],
  home_unchecked: ({ home: folder }) => [
    `المجلد ${ltr(folder)} موجود؛ ولم يُفحص في هذا النظام من يستطيع قراءته.`,
    'أبقِه داخل مجلدك الخاص، وهو مكانه ما لم يُختَر غيره.',
  ],
  home_missing: ({ home: folder }) => [`المجلد ${ltr(folder)} غير موجود بعد.`, 'يُنشأ عند أول تشغيل.'],
  home_not_a_folder: ({ home: folder }) => [
    `مكان المجلد ${ltr(folder)} رابط أو ملف.`,
    'انقله من مكانه، أو اختر مجلداً آخر.',
  ],
  home_unreadable: ({ home: folder, reason }) => [
    `تعذّرت قراءة المجلد ${ltr(folder)}: ${reasons[reason][0]}.`,
    reasons[reason][1],
  ],
  home_open: ({ home: folder, mode }) => [
    `يستطيع مستخدمون آخرون رؤية ما في المجلد ${ltr(folder)} (صلاحياته ${ltr(mode)}).`,
    `أغلقه بالأمر: ${ltr(`chmod 700 '${folder}'`)}`,
  ],
  home_foreign: ({ home: folder, owner }) => [
    `المجلد ${ltr(folder)} يملكه مستخدم آخر (${owner}).`,
    'اختر مجلداً لك وحدك؛ فمن أنشأ هذا المجلد يستطيع قراءة ما يُحفظ فيه.',
  ],
  home_unwritable: ({ home: folder, reason }) => [
    `تعذّر الحفظ في ${ltr(folder)}: ${reasons[reason][0]}.`,
    reasons[reason][1],
  ],
  files_good: () => ['ملفاته لهذا المستخدم وحده، ويمكن قراءتها كلها.', null],
  file_open: ({ file, mode }) => [
    `لمستخدمين آخرين صلاحيات على ${ltr(file)} (صلاحياته ${ltr(mode)}).`,
    `اسحبها بالأمر ${ltr('chmod 600')}؛ وإن خشيت أن يكون قد قُرئ فسجّل الخروج ثم الدخول من جديد.`,
  ],
  file_foreign: ({ file, owner }) => [
    `${ltr(file)} يملكه مستخدم آخر (${owner}).`,
    'انقله من مكانه؛ Token Tray يكتب ملفه الخاص.',
  ],
  file_shared: ({ file, names }) => [
    `للملف ${ltr(file)} أسماء عدّة (${names})؛ فيمكن الوصول إليه من مكان آخر (رابط ثابت).`,
    `ابحث عن الاسم الآخر بالأمر ${ltr('find -samefile')} واحذفه.`,
  ],
  file_not_regular: ({ file }) => [
    `مكان ${ltr(file)} رابط أو مجلد أو شيء آخر ليس ملفاً.`,
    'انقله من مكانه؛ Token Tray لا يتبع الروابط.',
  ],
  file_unreadable: ({ file, reason }) => [
    `تعذّرت قراءة ${ltr(file)}: ${reasons[reason][0]}.`,
    reasons[reason][1],
  ],
  file_unwritable: ({ file, reason }) => [
    `تعذّرت كتابة ${ltr(file)}: ${reasons[reason][0]}.`,
    reasons[reason][1],
  ],
  file_corrupt: ({ file }) => [
    `${ltr(file)} تالف.`,
    'أعِد نسخة سليمة منه، أو أعِد تشغيل Token Tray: يضع الملف جانباً ويواصل من دونه.',
  ],
  disk_good: ({ freeBytes }) => [`في القرص متّسع: ${size(freeBytes)} متاحة.`, null],
  disk_low: ({ freeBytes }) => [
    `القرص يوشك أن يمتلئ: ${size(freeBytes)} متاحة.`,
    'أفرِغ بعض المساحة قبل أن يتعذّر حفظ تسجيل الدخول.',
  ],
  disk_full: ({ freeBytes }) => [
    `القرص ممتلئ: ${size(freeBytes)} متاحة، فلا يمكن حفظ شيء.`,
    'أفرِغ بعض المساحة؛ Token Tray يواصل المحاولة ما دام يعمل.',
  ],
  stale_files: ({ files }) => [
    `خلّف تشغيل أُنهي قسراً هذه الملفات: ${list(files)}.`,
    'لا يلزم فعل شيء: التشغيل القادم يستبدلها.',
  ],
  temporary_files: ({ files }) => [
    `خلّفت كتابة لم تكتمل هذه الملفات: ${list(files)}.`,
    'لا يلزم فعل شيء: التشغيل القادم يزيلها.',
  ],
  files_set_aside: ({ files }) => [
    `وُضعت ملفات تالفة جانباً: ${list(files)}.`,
    'احذفها حين لا تحتاج إلى شيء منها؛ Token Tray لا يحذفها أبداً.',
  ],
  open_requests: ({ count }) => [
    `طلبات رمز جديد انتهت قبل حفظ جوابها، وعددها ${count}.`,
    'لا يلزم فعل شيء: التشغيل القادم يحسبها ويحاول مرة واحدة حين تحتاج أداة إلى رمز.',
  ],
};

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
  running: [
    'يُبقي Token Tray تسجيل الدخول في الذاكرة وحدها، فينتهي معه',
    'ليبقى محفوظاً، أنهِ البرنامج ثم شغّله ومخزن المفاتيح مفتوح.',
  ],
};

const keyStore: WordsFor<KeyStoreFinding> = {
  key_store_good: ({ store }) => [stores[store], null],
  memory_only: ({ why, detail }) => [`${memory[why][0]}${told(detail)}`, memory[why][1]],
  key_store_locked: ({ detail, stored }) => [
    `مخزن مفاتيح هذا الحاسوب لا يُفتح${stored ? '، وتسجيل الدخول المحفوظ يحتاج إليه' : ''}${told(detail)}`,
    'افتح قفله: سجّل الدخول إلى سطح مكتب هذا الحاسوب، أو أجب عن سؤاله.',
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
  not_administrators: () => 'ربما كتبها من ليس مسؤولاً عن هذا الحاسوب',
  unreadable: () => 'تعذّرت قراءتها',
};

const machine: WordsFor<MachineFinding> = {
  managed: ({ path, names }) => [
    `حدّد المسؤول عن هذا الحاسوب: ${names.map(ltr).join('، ')} (${ltr(path)}).`,
    null,
  ],
  policy_wrong: ({ path, trouble }) => [
    `سياسة هذا الحاسوب (${ltr(path)}) غير مستخدمة كلها: ${policyTroubles[trouble.kind]('key' in trouble ? trouble.key : '')}.`,
    'على المسؤول عن هذا الحاسوب إصلاحها؛ وحتى ذلك الحين تسري الإعدادات المعتادة.',
  ],
  certificates_good: ({ count }) => [`جهات التصديق الخاصة بهذا الحاسوب موثوقة، وعددها ${count}.`, null],
  certificates_unreadable: () => [
    'تعذّرت قراءة جهات التصديق الخاصة بهذا الحاسوب؛ وتُعتمد المرفقة مع البرنامج.',
    'لا يلزم فعل شيء ما لم تكن شهادة خدمة أو خادم وكيل غير موثوقة.',
  ],
  certificates_unchecked: () => [
    `قيمة ${ltr('NODE_TLS_REJECT_UNAUTHORIZED')} صفر: Token Tray يفحص الشهادات رغم ذلك، وبرامج أخرى لا تفحصها.`,
    'ألغِها، وثِق بجهة تصديق شبكتك بدلاً منها.',
  ],
  node_good: ({ version }) => [`إصدار Node.js ${ltr(version)} حديث بما يكفي.`, null],
  node_old: ({ version, needed }) => [
    `إصدار Node.js ${ltr(version)} أقدم مما يحتاج إليه Token Tray.`,
    `استعمل Node.js ${ltr(needed)} أو أحدث.`,
  ],
};

/** The words of `doctor-words.ts` in Arabic. */
export const arabicFindingWords: WordsFor<Finding> = {
  ...home,
  ...keyStore,
  ...arabicAddressWords,
  ...arabicServiceWords,
  ...machine,
};

function told(detail: string | null): string {
  return detail === null ? '.' : ` (يقول: ${ltr(detail)}).`;
}

function list(files: readonly string[]): string {
  return files.map(ltr).join('، ');
}

function size(bytes: number): string {
  const mebibytes = Math.floor(bytes / 1024 / 1024);
  if (mebibytes >= 10 * 1024) return ltr(`${Math.floor(mebibytes / 1024)} GiB`);
  return ltr(mebibytes > 0 ? `${mebibytes} MiB` : `${Math.floor(bytes / 1024)} KiB`);
}
