/** `electron.net`, without its requests: the app's own go by Node. */
export const net = {
  online: true,
  isOnline(): boolean {
    return this.online;
  },
};
