/** The scheme that the app's own pages are served under, and the one origin whose messages are listened to. */
export const appScheme = 'app';
export const appOrigin = `${appScheme}://token-tray`;
