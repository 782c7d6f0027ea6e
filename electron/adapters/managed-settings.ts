import type { Policy } from '../contract/policy.ts';
import type { Settings, SettingValues } from '../core/ports.ts';

/** The choices that a policy can take over. */
type ManagedName = keyof Policy & keyof SettingValues;

/** The same settings, in which what a policy decides stands in place of the choice, and cannot be chosen. */
export function managedSettings(settings: Settings, policy: Policy): Settings {
  return {
    get<Name extends keyof SettingValues>(name: Name): SettingValues[Name] {
      // What a policy decides has the type of the setting of the same name.
      const decided = isManaged(name) ? (policy[name] as SettingValues[Name] | null) : null;
      return decided ?? settings.get(name);
    },
    async set(name, value) {
      return !(isManaged(name) && policy[name] !== null) && settings.set(name, value);
    },
  };
}

const managedNames: Readonly<Record<ManagedName, true>> = {
  port: true,
  language: true,
  furtherHosts: true,
  lookForNewVersions: true,
};

function isManaged(name: string): name is ManagedName {
  return Object.hasOwn(managedNames, name);
}
