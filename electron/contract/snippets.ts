import {
  nodeEndpointFile,
  phpEndpointFile,
  powershellEndpointFile,
  pythonEndpointFile,
  shellEndpointFile,
  type EndpointFileCode,
} from './endpoint-file-code.ts';

/** What ready-made code there is for: the languages, and the settings of any client that speaks OAuth 2.0. */
export const snippetLanguages = ['python', 'node', 'php', 'powershell', 'curl'] as const;

export type SnippetLanguage = (typeof snippetLanguages)[number];

/**
 * How the code finds the endpoint. `key`: a tool's own address and key stand in it. `file`: it reads
 * `endpoint.json`, whose key is new at each start; `path` null: by the same rule for its folder as the program.
 */
export type SnippetWay =
  | { readonly kind: 'key'; readonly url: string; readonly key: string }
  | { readonly kind: 'file'; readonly path: string | null };

/** Working code that asks the endpoint for the current token, each time it needs one. */
export function snippet(language: SnippetLanguage, way: SnippetWay): string {
  return writers[language](way);
}

/** What any OAuth 2.0 client is to be told (RFC 6749 §4.4). `url`: the endpoint's; `name` and `key`: the tool's. */
export function oauthSettings({
  url,
  name,
  key,
}: {
  readonly url: string;
  readonly name: string;
  readonly key: string;
}): string {
  return `Token address:   ${url}/oauth/token
Grant type:      client_credentials
Client ID:       ${name}
Client secret:   ${key}
`;
}

const writers: Readonly<Record<SnippetLanguage, (way: SnippetWay) => string>> = {
  python,
  node,
  php,
  powershell,
  curl,
};

/** A literal of Python and of JavaScript; JSON's texts are both. */
const quoted = JSON.stringify;

/** How the code names the file. `found`: where it follows the rule for its folder; `text`: a literal of the language. */
function fileIn(way: SnippetWay, found: EndpointFileCode, text: (path: string) => string): EndpointFileCode {
  const path = way.kind === 'file' ? way.path : '';
  return path === null ? found : { needs: [], code: '', path: text(path) };
}

function python(way: SnippetWay): string {
  const file = fileIn(way, pythonEndpointFile, quoted);
  const imports = ['json', 'urllib.request', ...file.needs].sort().map((module) => `import ${module}\n`);
  return `${imports.join('')}
# The address is on this computer: no proxy stands in between.
tray = urllib.request.build_opener(urllib.request.ProxyHandler({}))


${file.code}def access_token():
    """Ask each time: Token Tray answers at once, and renews the token when it has to."""
${
  way.kind === 'key'
    ? `    url, key = ${quoted(way.url)}, ${quoted(way.key)}`
    : `    with open(${file.path}, encoding="utf-8") as file:
        endpoint = json.load(file)
    url, key = endpoint["url"], endpoint["key"]`
}
    request = urllib.request.Request(url + "/v1/token", headers={"Authorization": "Bearer " + key})
    with tray.open(request, timeout=30) as answer:
        return json.load(answer)["access_token"]


headers = {"Authorization": "Bearer " + access_token()}
`;
}

function node(way: SnippetWay): string {
  const file = fileIn(way, nodeEndpointFile, quoted);
  const imports = [
    ...(way.kind === 'key' ? [] : ["import { readFile } from 'node:fs/promises';"]),
    ...file.needs,
  ];
  return `${imports.map((line) => `${line}\n`).join('')}${imports.length > 0 ? '\n' : ''}${file.code}// Ask each time: Token Tray answers at once, and renews the token when it has to.
async function accessToken() {
${
  way.kind === 'key'
    ? `  const [url, key] = [${quoted(way.url)}, ${quoted(way.key)}];`
    : `  const { url, key } = JSON.parse(await readFile(${file.path}, 'utf8'));`
}
  const answer = await fetch(url + '/v1/token', { headers: { authorization: 'Bearer ' + key } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body.access_token;
}

const headers = { authorization: 'Bearer ' + (await accessToken()) };
`;
}

function php(way: SnippetWay): string {
  const text = (value: string) => `'${value.replace(/['\\]/g, String.raw`\$&`)}'`;
  const file = fileIn(way, phpEndpointFile, text);
  return `<?php

${file.code}// Ask each time: Token Tray answers at once, and renews the token when it has to.
function access_token(): string
{
${
  way.kind === 'key'
    ? `    [$url, $key] = [${text(way.url)}, ${text(way.key)}];`
    : `    $endpoint = json_decode(file_get_contents(${file.path}), true);
    [$url, $key] = [$endpoint['url'], $endpoint['key']];`
}
    $context = stream_context_create(['http' => [
        'header' => "Authorization: Bearer $key",
        'timeout' => 30,
        'ignore_errors' => true,
    ]]);
    $answer = json_decode((string) file_get_contents("$url/v1/token", false, $context), true);
    return $answer['access_token'] ?? throw new RuntimeException($answer['detail'] ?? 'Token Tray does not run.');
}

$header = 'Authorization: Bearer ' . access_token();
`;
}

function powershell(way: SnippetWay): string {
  // Typographic quotes end a text of PowerShell, too.
  const text = (value: string) => `'${value.replace(/['‘’‚‛]/g, '$&$&')}'`;
  const file = fileIn(way, powershellEndpointFile, text);
  return `${file.code}# Ask each time: Token Tray answers at once, and renews the token when it has to.
function Get-AccessToken {
${
  way.kind === 'key'
    ? `    $url = ${text(way.url)}
    $key = ${text(way.key)}`
    : `    $endpoint = Get-Content -Raw -Encoding UTF8 -LiteralPath ${file.path} | ConvertFrom-Json
    $url = $endpoint.url
    $key = $endpoint.key`
}
    $answer = Invoke-RestMethod -Uri "$url/v1/token" -Headers @{ Authorization = "Bearer $key" } -TimeoutSec 30
    $answer.access_token
}

$headers = @{ Authorization = "Bearer $(Get-AccessToken)" }
`;
}

function curl(way: SnippetWay): string {
  const text = (value: string) => `'${value.replaceAll("'", String.raw`'\''`)}'`;
  const file = fileIn(way, shellEndpointFile, text);
  // From standard input or a file, the key stands in no process's arguments.
  const asking =
    way.kind === 'key'
      ? `  answer=$(curl --silent --show-error --fail-with-body --noproxy '*' --config - <<'END'
url = "${way.url}/v1/token"
header = "Authorization: Bearer ${way.key}"
END
  )`
      : `  endpoint=$(cat ${file.path}) || return
  url=$(printf '%s' "$endpoint" | sed -n 's/.*"url": *"\\([^"]*\\)".*/\\1/p')
  key=$(printf '%s' "$endpoint" | sed -n 's/.*"key": *"\\([^"]*\\)".*/\\1/p')
  answer=$(printf 'url = "%s/v1/token"\\nheader = "Authorization: Bearer %s"\\n' "$url" "$key" |
    curl --silent --show-error --fail-with-body --noproxy '*' --config -)`;
  return `${file.code}# Ask each time: Token Tray answers at once, and renews the token when it has to.
access_token() {
${asking} || { printf '%s\\n' "$answer" >&2; return 1; }
  printf '%s' "$answer" | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p'
}

# For a call of the service: printf 'header = "Authorization: Bearer %s"' "$token" | curl --config - URL
token=$(access_token)
`;
}
