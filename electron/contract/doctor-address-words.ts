import type { AddressFinding, PortHolder, WordsFor } from './doctor-findings.ts';

/** The words for who runs here and for the address of tools. */
export const addressWords: WordsFor<AddressFinding> = {
  running: ({ pid, url }) => [`Token Tray runs (process ${pid}) and answers at ${url}.`, null],
  not_running: ({ home }) => [`Token Tray is not running in ${home}.`, 'Start it with: token-tray agent'],
  owner_silent: ({ pid }) => [
    `A Token Tray${pid === null ? '' : ` (process ${pid})`} keeps this home and does not answer.`,
    'It may be starting, or ask for a sign-in at its own terminal; if it stays so, end that process and start it again.',
  ],
  owner_file_missing: ({ file, pid }) => [
    `Token Tray runs${pid === null ? '' : ` (process ${pid})`}, but ${file} is missing, so programs do not find it.`,
    'If it is starting, wait, or sign in at its terminal. Else it writes the file again by itself; if it does not, end that process and start it again.',
  ],
  owner_outdated: ({ pid }) => [
    `The running Token Tray (process ${pid}) is an older version, which does not tell what tools get.`,
    'End it and start it again.',
  ],
  port_free: ({ port }) => [`Port ${port} is free for tools.`, null],
  default_port_taken: ({ port, ...holder }) => [
    `Port ${port} is taken by ${holderWords(holder)}, so tools are served at a free one.`,
    'Nothing has to be done: endpoint.json names the address.',
  ],
  set_port_taken: ({ port, ...holder }) => [
    `Port ${port}, which the settings ask for, is taken by ${holderWords(holder)}.`,
    'End that program, or choose another port.',
  ],
  set_port_not_allowed: ({ port }) => [
    `The settings ask for port ${port}, and this system does not let this user listen there.`,
    'Choose another port; those from 1024 to 32767 are seldom kept back.',
  ],
  port_shared: ({ port, address, ...holder }) => [
    `Port ${port} is also held at ${address} by ${holderWords(holder)}: who asks for localhost may reach that one.`,
    'End that program, and let tools ask for 127.0.0.1 and not for localhost.',
  ],
  socket_path_too_long: ({ bytes }) => [
    `The path of the socket (${bytes} bytes) is too long for this system, so there is none.`,
    'Nothing has to be done: tools use 127.0.0.1. For a socket, choose a home with a shorter path.',
  ],
  local_requests_proxied: ({ proxy }) => [
    `Tools that heed http_proxy would send their key for Token Tray to the proxy ${proxy}.`,
    'Set no_proxy=127.0.0.1,localhost beside http_proxy.',
  ],
};

function holderWords({ pid, program }: PortHolder): string {
  if (pid === null) return 'a program that this user cannot see';
  return program === null ? `process ${pid}` : `${program} (process ${pid})`;
}
