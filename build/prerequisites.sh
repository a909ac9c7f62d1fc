# Sourced by ./videogaze and ./test: what both need of the machine. Words go to stderr, because stdout belongs to the program's data.

say() { printf 'videogaze: %s\n' "$*" >&2; }

# The code is docs/exit-codes.md's: 13 where ffmpeg is missing, 1 for the rest.
give_up() {
  local code="$1"
  shift
  say "$*"
  exit "$code"
}

# ffmpeg and ffprobe do all reading and writing of video. Debian's one package holds both.
require_ffmpeg() {
  if command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null; then
    return
  fi

  local as_root=()
  if ! command -v apt-get >/dev/null; then
    give_up 13 "ffmpeg and ffprobe are not on the PATH; install the package ffmpeg with your system's package manager."
  fi

  if [[ "$(id -u)" != 0 ]]; then
    if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
      give_up 13 "ffmpeg is missing; install it with: sudo apt-get install -y --no-install-recommends ffmpeg"
    fi

    as_root=(sudo -n)
  fi

  say "installing ffmpeg"
  local log
  log="$(mktemp)"
  if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ffmpeg; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    give_up 13 "ffmpeg could not be installed; see the lines above, then run: sudo apt-get install -y --no-install-recommends ffmpeg"
  fi

  rm -f "$log"
}

# Tests of the gaze report's page drive Chromium. Without it they are skipped, so its absence ends nothing.
want_chromium() {
  if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || ! command -v apt-get >/dev/null; then
    return
  fi

  local as_root=()
  if [[ "$(id -u)" != 0 ]]; then
    if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
      say "chromium is missing, so tests of the report's page are skipped; install it with: sudo apt-get install -y --no-install-recommends chromium"
      return
    fi

    as_root=(sudo -n)
  fi

  say "installing chromium for tests of the report's page"
  if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium; } >/dev/null 2>&1; then
    say "chromium could not be installed, so tests of the report's page are skipped"
  fi
}

# Sets DOTNET to a dotnet command; the usual place of a user's own installation counts even when it is not on the PATH.
find_dotnet() {
  if command -v dotnet >/dev/null; then
    DOTNET=dotnet
  elif [[ -x "${DOTNET_ROOT:-$HOME/.dotnet}/dotnet" ]]; then
    DOTNET="${DOTNET_ROOT:-$HOME/.dotnet}/dotnet"
  else
    give_up 1 ".NET is missing; install the .NET SDK 10 from https://dotnet.microsoft.com/download"
  fi
}

# Building needs the SDK, running only the runtime.
require_dotnet_sdk() {
  local sdks
  sdks="$("$DOTNET" --list-sdks)"
  if ! grep -q '^10\.' <<<"$sdks"; then
    give_up 1 "the .NET SDK 10 is missing (found: ${sdks:-none}); install it from https://dotnet.microsoft.com/download"
  fi
}

# The compiler server would outlive the script; the banners would drown what matters.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

# ONNX Runtime must not report home, and idle threads of one library must not starve the others.
# Both are read by native code before any managed line could set them reliably.
export ORT_DISABLE_TELEMETRY=1 OMP_WAIT_POLICY=PASSIVE
