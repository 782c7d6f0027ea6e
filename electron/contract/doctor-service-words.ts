import type { ServiceFinding, WordsFor } from './doctor-findings.ts';
import type { ConnectionReason } from './failures.ts';

const reachWords: Readonly<Record<ConnectionReason, string>> = {
  name: 'its name could not be found',
  refused: 'the connection was refused',
  local_network: 'macOS found no route to it',
  certificate: 'its certificate is not trusted by this computer',
  certificate_expired: 'by this computer’s clock its certificate has expired',
  certificate_not_yet_valid: 'by this computer’s clock its certificate is not valid yet',
  proxy: 'the proxy did not open a connection',
  proxy_address: 'the address of the proxy is not valid',
  timeout: 'there was no answer in time',
  cut: 'the connection was cut before it answered',
};

const reachRemedies: Readonly<Record<ConnectionReason, string>> = {
  name: 'Check the network and the spelling of the service’s address.',
  refused: 'Check the network and the service’s address.',
  local_network:
    'Check the network. If the service is in your own network, allow the program in System Settings, Privacy & Security, ' +
    'Local Network. A LaunchAgent may be kept from it without a prompt; docs/macos.md says what helps.',
  certificate: 'Add the authority that signed it to this computer’s certificates; Token Tray heeds them.',
  certificate_expired:
    'Check this computer’s date and time. If they are right, ask the service to renew its certificate.',
  certificate_not_yet_valid: 'Correct this computer’s date and time.',
  proxy_address:
    'Correct the address in https_proxy, such as http://proxy.example.com:3128; it may also begin with https, socks5, socks5h, socks4 or socks4a.',
  proxy: 'Check the address and the account in https_proxy, or name the service in no_proxy.',
  timeout: 'Check the network, and whether it asks for a proxy (https_proxy).',
  cut: 'Check the network, and whether it asks for a proxy (https_proxy).',
};

/** The words for the way to the service. */
export const serviceWords: WordsFor<ServiceFinding> = {
  service_address_bad: ({ address }) => [
    `“${address}” is no address of a service.`,
    'Give its base URL by --api or TOKEN_TRAY_API, such as https://auth.example.com.',
  ],
  service_address_insecure: ({ address }) => [
    `The password would go to ${address} unencrypted, so Token Tray does not use it.`,
    'Use its https address; plain http is for this computer alone.',
  ],
  service_reached: ({ host, proxy }) => [`The service ${host} answers${by(proxy)}.`, null],
  service_unreachable: ({ host, proxy, reason }) => [
    `The service ${host} cannot be reached${by(proxy)}: ${reachWords[reason]}.`,
    reachRemedies[reason],
  ],
  service_in_trouble: ({ host, status }) => [
    `The service ${host} answers with an error (${status}).`,
    'Look again in a minute; tools get the token in hand meanwhile.',
  ],
  clock_good: ({ host }) => [`The clock agrees with that of ${host}.`, null],
  clock_wrong: ({ host, seconds }) => [
    `This computer’s clock is ${duration(Math.abs(seconds))} ${seconds > 0 ? 'ahead of' : 'behind'} that of ${host}.`,
    'Let the system set its clock by the network.',
  ],
  clock_unknown: ({ host }) => [
    `The service ${host} does not tell its time, so the clock could not be compared.`,
    'Check that this computer’s clock is right.',
  ],
};

function by(proxy: string | null): string {
  return proxy === null ? '' : ` by the proxy ${proxy}`;
}

/** In the largest unit of which there are at least two. */
function duration(seconds: number): string {
  const [size, unit] = (
    [
      [86_400, 'days'],
      [3_600, 'hours'],
      [60, 'minutes'],
    ] as const
  ).find(([length]) => seconds >= 2 * length) ?? [1, 'seconds'];
  return `${Math.round(seconds / size)} ${unit}`;
}
