import { homeFiles } from './home.ts';

/** A function that gives the path of `endpoint.json` (`code`, with `needs` imported), and the expression that calls it. */
export interface EndpointFileCode {
  readonly needs: readonly string[];
  readonly code: string;
  readonly path: string;
}

const rule = 'Where Token Tray keeps its files: the same rule as that of Token Tray itself.';
const name = homeFiles.endpoint;

/** Python, by the rule of `homeFolder`. */
export const pythonEndpointFile: EndpointFileCode = {
  needs: ['os', 'sys'],
  path: 'endpoint_file()',
  code: `def endpoint_file():
    """${rule}"""
    if sys.platform == "win32":
        config = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
    elif sys.platform == "darwin":
        config = os.path.expanduser("~/Library/Application Support")
    else:
        config = os.environ.get("XDG_CONFIG_HOME", "")
        config = config if config.startswith("/") else os.path.expanduser("~/.config")
    home = os.environ.get("TOKEN_TRAY_HOME") or os.path.join(config, "token-tray")
    return os.path.join(home, "${name}")


`,
};

/** Node.js, by the rule of `homeFolder`. */
export const nodeEndpointFile: EndpointFileCode = {
  needs: ["import { homedir } from 'node:os';", "import { join } from 'node:path';"],
  path: 'endpointFile()',
  code: `// ${rule}
function endpointFile() {
  const { TOKEN_TRAY_HOME, LOCALAPPDATA, XDG_CONFIG_HOME } = process.env;
  let config = XDG_CONFIG_HOME?.startsWith('/') ? XDG_CONFIG_HOME : join(homedir(), '.config');
  if (process.platform === 'darwin') config = join(homedir(), 'Library/Application Support');
  if (process.platform === 'win32') config = LOCALAPPDATA || join(homedir(), 'AppData/Local');
  return join(TOKEN_TRAY_HOME || join(config, 'token-tray'), '${name}');
}

`,
};

/** PHP 8, by the rule of `homeFolder`. */
export const phpEndpointFile: EndpointFileCode = {
  needs: [],
  path: 'endpoint_file()',
  code: `// ${rule}
function endpoint_file(): string
{
    $user = getenv('HOME') ?: getenv('USERPROFILE');
    $xdg = (string) getenv('XDG_CONFIG_HOME');
    $config = match (PHP_OS_FAMILY) {
        'Windows' => getenv('LOCALAPPDATA') ?: "$user/AppData/Local",
        'Darwin' => "$user/Library/Application Support",
        default => str_starts_with($xdg, '/') ? $xdg : "$user/.config",
    };
    return (getenv('TOKEN_TRAY_HOME') ?: "$config/token-tray") . '/${name}';
}

`,
};

/** PowerShell 5 and 7, by the rule of `homeFolder`. */
export const powershellEndpointFile: EndpointFileCode = {
  needs: [],
  path: '(Get-EndpointFile)',
  code: `# ${rule}
function Get-EndpointFile {
    $config = if ($IsMacOS) { "$HOME/Library/Application Support" }
    elseif (-not $IsLinux) { $env:LOCALAPPDATA }
    elseif ("$env:XDG_CONFIG_HOME".StartsWith('/')) { $env:XDG_CONFIG_HOME }
    else { "$HOME/.config" }
    $folder = if ($env:TOKEN_TRAY_HOME) { $env:TOKEN_TRAY_HOME } else { "$config/token-tray" }
    "$folder/${name}"
}

`,
};

/** POSIX shell, also Git's on Windows, by the rule of `homeFolder`. */
export const shellEndpointFile: EndpointFileCode = {
  needs: [],
  path: '"$(endpoint_file)"',
  code: `# ${rule}
endpoint_file() {
  case $(uname) in
    Darwin) config="$HOME/Library/Application Support" ;;
    MINGW* | MSYS* | CYGWIN*) config=$LOCALAPPDATA ;;
    *) case \${XDG_CONFIG_HOME-} in /*) config=$XDG_CONFIG_HOME ;; *) config=$HOME/.config ;; esac ;;
  esac
  printf '%s' "\${TOKEN_TRAY_HOME:-$config/token-tray}/${name}"
}

`,
};
