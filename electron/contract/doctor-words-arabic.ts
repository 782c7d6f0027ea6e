import { arabicKeyStoreWords, arabicMachineWords } from './doctor-machine-words-arabic.ts';
import { arabicAddressWords, arabicServiceWords } from './doctor-way-words-arabic.ts';
import { arabicOutlookWords } from './doctor-outlook-words-arabic.ts';
import type { Finding, HomeFinding, WordsFor } from './doctor-findings.ts';
import type { UnwritableReason } from './failures.ts';
import { leftToRight as ltr } from './left-to-right.ts';

const reasons: Readonly<Record<UnwritableReason, readonly [trouble: string, remedy: string]>> = {
  disk_full: ['القرص ممتلئ', 'أفرِغ بعض المساحة.'],
  read_only: ['القرص للقراءة فقط', 'اجعل القرص قابلاً للكتابة، أو اختر مجلداً آخر.'],
  no_permission: ['هذا المستخدم لا يملك الإذن', 'أعِد ملكيته إلى هذا المستخدم.'],
  newer_version: ['كتبه إصدار أحدث من Token Tray', 'شغّل الإصدار الأحدث؛ هذا الإصدار يترك الملف كما هو.'],
  not_a_file: ['مكانه رابط أو مجلد', 'انقله من مكانه؛ Token Tray لا يتبع الروابط.'],
  changed_meanwhile: ['برنامج آخر يغيّره', 'أغلق البرنامج الآخر وافحص من جديد.'],
  open_to_others: ['لمستخدمين آخرين حقّ فيه', 'استعمل مجلداً على قرص يحفظ الصلاحيات.'],
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
    `أغلقه بالأمر ${ltr(`chmod 700 '${folder}'`)}؛ وإن لم تتغيّر الصلاحيات فالقرص لا يحفظها: اختر مجلداً على قرص آخر.`,
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
    `اسحبها بالأمر ${ltr('chmod 600')}؛ وإن لم تتغيّر فالقرص لا يحفظها: اختر مجلداً على قرص آخر. وإن خشيت أن يكون قد قُرئ فسجّل الخروج ثم الدخول من جديد.`,
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
  file_too_large: ({ file, bytes, most }) => [
    `الملف ${ltr(file)} أكبر من أن يُقرأ: ${size(bytes)}، والحدّ ${size(most)}.`,
    'أنهِ Token Tray وانقل الملف من مكانه ثم شغّله من جديد؛ فيواصل من دون ما فيه.',
  ],
  ledger_damaged: ({ lines }) => [
    `الملف ${ltr('ledger.jsonl')} تالف (عدد الأسطر ${lines})، فقد لا تُحسب كل الرموز الجديدة.`,
    'أنهِ Token Tray وانقل الملف من مكانه ثم شغّله من جديد؛ ولا يُعرض ما سُجّل فيه بعد ذلك.',
  ],
  setting_ignored: ({ name }) => [
    `قيمة الإعداد ${ltr(name)} في ${ltr('settings.json')} لا تصلح، فلا تُستخدم.`,
    'أصلحها هناك حين لا يعمل Token Tray، أو اخترها من جديد في نافذته.',
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

/** The words of `doctor-words.ts` in Arabic. */
export const arabicFindingWords: WordsFor<Finding> = {
  ...home,
  ...arabicKeyStoreWords,
  ...arabicAddressWords,
  ...arabicOutlookWords,
  ...arabicServiceWords,
  ...arabicMachineWords,
};

function list(files: readonly string[]): string {
  return files.map(ltr).join('، ');
}

function size(bytes: number): string {
  const mebibytes = Math.floor(bytes / 1024 / 1024);
  if (mebibytes >= 10 * 1024) return ltr(`${Math.floor(mebibytes / 1024)} GiB`);
  return ltr(mebibytes > 0 ? `${mebibytes} MiB` : `${Math.floor(bytes / 1024)} KiB`);
}
