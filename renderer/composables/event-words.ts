import type { ShownEvent } from '../../electron/contract/window-pages.ts';
import type { Phrase } from './words.ts';

/** What happened, in plain words. */
export function eventWords(event: ShownEvent): Phrase {
  if (event.kind === 'handed') return handedWords(event);
  if (event.kind === 'refused') {
    return { key: event.cause === 'sign_in' ? 'activity.refused.sign_in' : 'activity.refused.renewal' };
  }
  if (event.kind !== 'renewal') return { key: `activity.${event.kind}` };
  return event.cause === 'tool' && event.tool !== null
    ? { key: 'activity.renewal.tool_named', filling: { name: event.tool } }
    : { key: `activity.renewal.${event.cause}` };
}

function handedWords({ tool, today }: Extract<ShownEvent, { kind: 'handed' }>): Phrase {
  const who = tool === null ? 'handed_program' : 'handed';
  const filling = { ...(tool !== null && { name: tool }), ...(today > 0 && { count: today }) };
  return today === 0 ? { key: `activity.${who}`, filling } : { key: `activity.${who}_today`, filling };
}
