/**
 * The listening sockets of a port in what Windows' `netstat -ano` says. Its words are in the system's language; a
 * socket that listens is known by having nobody at its other end.
 */
export function parseNetstat(
  text: string,
  port: number,
): readonly { readonly address: string; readonly pid: number }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, address, localPort, pid] =
      /^\s*TCP\s+(\S+):(\d+)\s+(?:0\.0\.0\.0|\[::\]):0\s+\S+\s+(\d+)\s*$/.exec(line) ?? [];
    if (address === undefined || Number(localPort) !== port) return [];
    return [{ address: address.replace(/^\[|\]$/g, ''), pid: Number(pid) }];
  });
}

/** The program's name in the line that `tasklist /FO CSV /NH` gives for a process id; null: none. */
export function parseTasklist(text: string): string | null {
  return /^"([^"]+)","\d+"/m.exec(text)?.[1] ?? null;
}
