/**
 * The heads of requests of programs that the tests cannot run: field by field, in their order, as far as their
 * sources and documents tell. HOST and KEY stand for what the program fills in.
 */
export const foreignHeads: readonly { readonly client: string; readonly head: readonly string[] }[] = [
  {
    client: 'Invoke-RestMethod of Windows PowerShell 5.1',
    head: [
      'GET /v1/token HTTP/1.1',
      'Authorization: Bearer KEY',
      'User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; en-GB) WindowsPowerShell/5.1.19041.4522',
      'Host: HOST',
      'Connection: Keep-Alive',
    ],
  },
  {
    client: 'Invoke-RestMethod of PowerShell 7',
    head: [
      'GET /v1/token HTTP/1.1',
      'Host: HOST',
      'User-Agent: Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.22631; en-GB) PowerShell/7.4.6',
      'Authorization: Bearer KEY',
      'Accept-Encoding: gzip, deflate, br',
    ],
  },
  {
    client: 'PHP’s streams',
    head: [
      'GET /v1/token HTTP/1.1',
      'Authorization: Bearer KEY',
      'Host: HOST',
      'User-Agent: PHP/8.3.6',
      'Connection: close',
    ],
  },
  {
    client: 'PHP’s streams by HTTP/1.0',
    head: ['GET /v1/token HTTP/1.0', 'Authorization: Bearer KEY', 'Host: HOST', 'Connection: close'],
  },
  {
    client: 'Power Query in Excel',
    head: [
      'GET /v1/token HTTP/1.1',
      'Authorization: Bearer KEY',
      'User-Agent: Microsoft.Data.Mashup (https://go.microsoft.com/fwlink/?LinkID=304225)',
      'X-Correlation-ID: 00000000-0000-0000-0000-000000000000',
      'Accept-Encoding: gzip, deflate',
      'Host: HOST',
      'Connection: Keep-Alive',
    ],
  },
  {
    client: 'WinHTTP in Excel’s VBA',
    head: [
      'GET /v1/token HTTP/1.1',
      'Connection: Keep-Alive',
      'Accept: */*',
      'Authorization: Bearer KEY',
      'User-Agent: Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)',
      'Host: HOST',
    ],
  },
  {
    client: 'HttpURLConnection of Java',
    head: [
      'GET /v1/token HTTP/1.1',
      'Authorization: Bearer KEY',
      'User-Agent: Java/21.0.4',
      'Host: HOST',
      'Accept: */*',
      'Connection: keep-alive',
    ],
  },
  {
    client: 'net/http of Go',
    head: [
      'GET /v1/token HTTP/1.1',
      'Host: HOST',
      'User-Agent: Go-http-client/1.1',
      'Authorization: Bearer KEY',
      'Accept-Encoding: gzip',
    ],
  },
];

/** How Windows PowerShell 5.1 reports a refused token: the body waits for 100 Continue. */
export const windowsPowerShellPost = {
  head: [
    'POST /v1/token/renew HTTP/1.1',
    'Authorization: Bearer KEY',
    'User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; en-GB) WindowsPowerShell/5.1.19041.4522',
    'Content-Type: application/json',
    'Host: HOST',
    'Content-Length: 16',
    'Expect: 100-continue',
    'Connection: Keep-Alive',
  ],
  body: '{"rejected":"x"}',
} as const;
