import { z } from 'zod';

/** Reads a query (undecoded, without its question mark) by a strict schema. Null: not as the schema has it. */
export function queryReader<Schema extends z.ZodObject>(
  schema: Schema,
): (query: string) => z.output<Schema> | null {
  const whenEmpty = checked(schema, {});
  // Most requests have no query, so its reading is done once.
  return (query) => (query === '' ? whenEmpty : checked(schema, parametersOf(query)));
}

function parametersOf(query: string): unknown {
  const entries = [...new URLSearchParams(query)];
  const parameters = Object.fromEntries(entries);
  const repeated = Object.keys(parameters).length !== entries.length;
  return repeated ? null : parameters;
}

function checked<Schema extends z.ZodObject>(schema: Schema, parameters: unknown): z.output<Schema> | null {
  const { success, data } = schema.safeParse(parameters);
  return success ? data : null;
}

/** What to tell the sender of a query that was not understood. It names no word of the request. */
export function queryAdvice(schema: z.ZodObject): string {
  const parameters = memberList(schema);
  return parameters === ''
    ? 'This address takes no query parameters.'
    : `This address takes these query parameters, each once at most: ${parameters}.`;
}

/** The members of a schema, each with the values that will do. */
export function memberList(schema: z.ZodObject): string {
  return Object.entries<z.core.$ZodType>(schema.shape)
    .map(([name, type]) => {
      const description = z.globalRegistry.get(type)?.description;
      return description === undefined ? name : `${name} (${description})`;
    })
    .join(', ');
}
