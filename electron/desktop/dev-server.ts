import { appOrigin } from '../contract/app-origin.ts';

/** Vite puts styles into the page and talks to it by a WebSocket: a page that is worked on may do both. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'connect-src ws://localhost:*',
].join('; ');

/**
 * Answers a request to our scheme by Vite's development server (`npm run dev`), so that pages keep their one origin
 * while they are worked on. `server`: its address, of `ELECTRON_RENDERER_URL`.
 */
export async function devServerAnswer(server: string, request: Pick<Request, 'url'>): Promise<Response> {
  const path = request.url.slice(appOrigin.length);
  const answer = await fetch(new URL(path, server));
  return new Response(answer.body, {
    status: answer.status,
    headers: {
      'Content-Type': answer.headers.get('content-type') ?? 'text/plain',
      'Content-Security-Policy': contentSecurityPolicy,
    },
  });
}
