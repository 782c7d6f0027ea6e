import type { AddressFinding, PortHolder, ServiceFinding, WordsFor } from './doctor-findings.ts';
import type { ConnectionReason } from './failures.ts';
import { leftToRight as ltr } from './left-to-right.ts';

/** Who runs here and the address of tools, in Arabic. */
export const arabicAddressWords: WordsFor<AddressFinding> = {
  running: ({ pid, url }) => [`Token Tray يعمل (العملية ${pid}) ويجيب على ${ltr(url)}.`, null],
  not_running: ({ home }) => [
    `Token Tray لا يعمل في المجلد ${ltr(home)}.`,
    `شغّله بالأمر: ${ltr('token-tray agent')}`,
  ],
  owner_silent: ({ pid }) => [
    `يحتفظ Token Tray آخر${pid === null ? '' : ` (العملية ${pid})`} بهذا المجلد ولا يجيب.`,
    'قد يكون في بدايته، أو يسأل عن تسجيل الدخول في نافذته؛ فإن بقي كذلك فأنهِ تلك العملية وشغّله من جديد.',
  ],
  owner_file_missing: ({ file, pid }) => [
    `يعمل Token Tray${pid === null ? '' : ` (العملية ${pid})`}، لكن ${ltr(file)} مفقود، فلا تجده البرامج.`,
    'إن كان في بدايته فانتظر أو سجّل الدخول في نافذته. وإلا فإنه يكتب الملف من جديد؛ فإن لم يفعل فأنهِ تلك العملية وشغّله من جديد.',
  ],
  owner_outdated: ({ pid }) => [
    `يعمل إصدار أقدم من Token Tray (العملية ${pid})، ولا يذكر ما تأخذه الأدوات.`,
    'أنهِه وشغّله من جديد.',
  ],
  port_free: ({ port }) => [`المنفذ ${port} متاح للأدوات.`, null],
  default_port_taken: ({ port, ...holder }) => [
    `المنفذ ${port} يشغله ${holderWords(holder)}، فتُخدَم الأدوات على منفذ آخر متاح.`,
    `لا يلزم فعل شيء: العنوان مذكور في ${ltr('endpoint.json')}.`,
  ],
  set_port_taken: ({ port, ...holder }) => [
    `المنفذ ${port} الذي تطلبه الإعدادات يشغله ${holderWords(holder)}.`,
    'أنهِ ذلك البرنامج، أو اختر منفذاً آخر.',
  ],
  set_port_not_allowed: ({ port }) => [
    `تطلب الإعدادات المنفذ ${port}، وهذا النظام لا يسمح لهذا المستخدم باستعماله.`,
    'اختر منفذاً آخر؛ فالمنافذ من 1024 إلى 32767 قلّما تُحجز.',
  ],
  port_shared: ({ port, address, ...holder }) => [
    `المنفذ ${port} يشغله أيضاً ${holderWords(holder)} على ${ltr(address)}، فمن يسأل ${ltr('localhost')} قد يصل إليه.`,
    `أنهِ ذلك البرنامج، واجعل الأدوات تسأل ${ltr('127.0.0.1')} لا ${ltr('localhost')}.`,
  ],
  socket_path_too_long: ({ bytes }) => [
    `مسار المقبس (${bytes} بايت) أطول مما يقبله هذا النظام، فلا مقبس.`,
    `لا يلزم فعل شيء: تستعمل الأدوات ${ltr('127.0.0.1')}. وإن أردت مقبساً فاختر مجلداً أقصر مساراً.`,
  ],
  local_requests_proxied: ({ proxy }) => [
    `الأدوات التي تتبع ${ltr('http_proxy')} سترسل مفتاحها إلى الخادم الوكيل ${ltr(proxy)}.`,
    `أضف ${ltr('no_proxy=127.0.0.1,localhost')} إلى جانب ${ltr('http_proxy')}.`,
  ],
};

const reach: Readonly<Record<ConnectionReason, readonly [trouble: string, remedy: string]>> = {
  name: ['لم يُعثر على اسمها', 'تحقّق من الشبكة ومن كتابة عنوان الخدمة.'],
  refused: ['رُفض الاتصال', 'تحقّق من الشبكة ومن عنوان الخدمة.'],
  local_network: [
    `لم يجد ${ltr('macOS')} طريقاً إليها`,
    `تحقّق من الشبكة. وإن كانت الخدمة في شبكتك فاسمح للبرنامج في إعدادات النظام: ${ltr('Privacy & Security')} ثم ${ltr('Local Network')}. وقد يُمنع ${ltr('LaunchAgent')} منها بلا سؤال؛ انظر ${ltr('docs/macos.md')}.`,
  ],
  certificate: [
    'هذا الحاسوب لا يثق بشهادتها',
    'أضف الجهة التي وقّعتها إلى شهادات هذا الحاسوب؛ Token Tray يعتمدها.',
  ],
  certificate_expired: [
    'انتهت صلاحية شهادتها بحسب ساعة هذا الحاسوب',
    'تحقّق من تاريخ هذا الحاسوب ووقته. فإن كانا صحيحين فاطلب من الخدمة تجديد شهادتها.',
  ],
  certificate_not_yet_valid: [
    'لم تبدأ صلاحية شهادتها بعد بحسب ساعة هذا الحاسوب',
    'صحّح تاريخ هذا الحاسوب ووقته.',
  ],
  proxy_address: [
    'عنوان الخادم الوكيل غير صالح',
    `صحّح العنوان في ${ltr('https_proxy')}، مثل ${ltr('http://proxy.example.com:3128')}. وقد يبدأ أيضاً بـ ${ltr('https')} أو ${ltr('socks5')} أو ${ltr('socks5h')} أو ${ltr('socks4')} أو ${ltr('socks4a')}.`,
  ],
  proxy: [
    'لم يفتح الخادم الوكيل اتصالاً',
    `تحقّق من العنوان والحساب في ${ltr('https_proxy')}، أو اذكر الخدمة في ${ltr('no_proxy')}.`,
  ],
  timeout: ['لم يصل جواب في الوقت المتاح', `تحقّق من الشبكة، وهل تطلب خادماً وكيلاً (${ltr('https_proxy')}).`],
  cut: ['انقطع الاتصال قبل الجواب', `تحقّق من الشبكة، وهل تطلب خادماً وكيلاً (${ltr('https_proxy')}).`],
};

/** The way to the service, in Arabic. */
export const arabicServiceWords: WordsFor<ServiceFinding> = {
  service_address_bad: ({ address }) => [
    `«${ltr(address)}» ليس عنوان خدمة.`,
    `يبدو العنوان هكذا: ${ltr('https://auth.example.com')}`,
  ],
  service_address_insecure: ({ address }) => [
    `سترسَل كلمة المرور إلى ${ltr(address)} من دون تشفير، فلا يستعمله Token Tray.`,
    `استعمل عنوانها الذي يبدأ بـ ${ltr('https://')}؛ والآخر لهذا الحاسوب وحده.`,
  ],
  service_reached: ({ host, proxy }) => [`الخدمة ${ltr(host)} تجيب${by(proxy)}.`, null],
  service_unreachable: ({ host, proxy, reason }) => [
    `تعذّر الوصول إلى الخدمة ${ltr(host)}${by(proxy)}: ${reach[reason][0]}.`,
    reach[reason][1],
  ],
  service_in_trouble: ({ host, status }) => [
    `الخدمة ${ltr(host)} تجيب بخطأ (${status}).`,
    'افحص من جديد بعد دقيقة؛ وتأخذ الأدوات الرمز المتاح في الأثناء.',
  ],
  clock_good: ({ host }) => [`ساعة هذا الحاسوب توافق ساعة ${ltr(host)}.`, null],
  clock_wrong: ({ host, seconds }) => [
    `ساعة هذا الحاسوب ${seconds > 0 ? 'تسبق' : 'تتأخر عن'} ساعة ${ltr(host)} بـ${duration(Math.abs(seconds))}.`,
    'دع النظام يضبط ساعته من الشبكة.',
  ],
  clock_unknown: ({ host }) => [
    `الخدمة ${ltr(host)} لا تذكر وقتها، فلم يمكن مقارنة الساعة.`,
    'تحقّق من أن ساعة هذا الحاسوب صحيحة.',
  ],
};

function holderWords({ pid, program }: PortHolder): string {
  if (pid === null) return 'برنامج لا يراه هذا المستخدم';
  return program === null ? `برنامج (العملية ${pid})` : `برنامج ${ltr(program)} (العملية ${pid})`;
}

function by(proxy: string | null): string {
  return proxy === null ? '' : ` عبر الخادم الوكيل ${ltr(proxy)}`;
}

/** In the largest unit of which there are at least two, in the plural form that the number asks for. */
function duration(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'day'],
      [3_600, 'hour'],
      [60, 'minute'],
    ] as const
  ).find(([length]) => seconds >= 2 * length) ?? [1, 'second'];
  return new Intl.NumberFormat('ar-u-nu-latn', { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(seconds / size),
  );
}
