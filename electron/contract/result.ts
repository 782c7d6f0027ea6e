/** The outcome of what may fail in an expected way: a value, or one failure of a closed union. */
export type Result<Value, Failed> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failed };

export function succeeded<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function failed<Failed>(failure: Failed): { readonly ok: false; readonly failure: Failed } {
  return { ok: false, failure };
}
