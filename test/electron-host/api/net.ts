/** `electron.net`, without its requests: the app's own go by Node. */
export const net = {
  online: true,
  fetch: (url: string, init?: RequestInit): Promise<Response> => fetch(url, init),
  isOnline(): boolean {
    return this.online;
  },
};
