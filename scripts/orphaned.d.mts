export function whenOrphaned(end: () => void): void;
