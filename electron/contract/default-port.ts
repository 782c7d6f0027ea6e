/**
 * The endpoint's port unless another is chosen. It is below the ports that Linux (32768 and up), Windows and macOS
 * (49152 and up, RFC 6335) give to outgoing connections, so that no connection can hold it by chance.
 */
export const defaultPort = 27_145;
