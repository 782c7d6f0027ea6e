import type { ServicesAnswer } from '../../contract/wire.ts';
import type { SystemCertificates } from '../system-certificates.ts';
import { certificatesFinding } from './machine-look.ts';
import { lookAtService, type ServiceLookOptions } from './service-look.ts';

export interface ServicesLookOptions extends ServiceLookOptions {
  readonly certificates: SystemCertificates;
}

/** Looks at each service, and then at the authorities that this process trusts by now. */
export async function lookAtServices(
  services: readonly string[],
  options: ServicesLookOptions,
): Promise<ServicesAnswer> {
  const looked = await Promise.all(services.map((service) => lookAtService(service, options)));
  return { services, findings: [...looked.flat(), certificatesFinding(options.certificates.prepare())] };
}
