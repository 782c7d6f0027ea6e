import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findKeeper } from '../../electron/owner-look.ts';
import { startAuthService } from '../auth-service/auth-service.ts';
import { canLaunchApp } from '../support/launch-app.ts';
import { temporaryHome } from '../support/temporary-home.ts';
import { AgentProcess, call } from '../support/token-tray-process.ts';
import { startApp } from '../support/tray-person.ts';

describe('token-tray stop', () => {
  it('A8 finds the process id of an agent that hangs, and ends one as a signal does: exit 0; then there is nothing to stop: exit 4', async () => {
    const home = await temporaryHome();
    await using agent = await AgentProcess.start({ home, env: { TOKEN_TRAY_KEY_STORE: 'memory' } });
    if (process.platform !== 'win32') {
      process.kill(agent.pid, 'SIGSTOP');
      expect((await findKeeper(home))?.pid).toBe(agent.pid);
      process.kill(agent.pid, 'SIGCONT');
    }
    expect(await call(['stop', '--home', home])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Token Tray has stopped.\n',
    });
    expect(await agent.ended()).toBe(0);
    expect(existsSync(join(home, 'endpoint.json'))).toBe(false);
    expect(await call(['stop', '--home', home])).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: `Token Tray is not running in ${home}, so there is nothing to stop.\n`,
    });
  });

  it.runIf(canLaunchApp)('A8 quits the tray app', async () => {
    await using service = await startAuthService();
    await using app = await startApp(service);
    await app.window();
    expect(await call(['stop', '--home', app.folders.home])).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await app.ended()).toBe(0);
    expect(existsSync(join(app.folders.home, 'endpoint.json'))).toBe(false);
  });
});
