# Where the local run keeps its state, and what it says on the terminal.
RUN=$ROOT/.run
SUPERVISORD_CONF=$ROOT/deploy/local/supervisord.conf
GATEWAY=${INVOICING_GATEWAY:-http://127.0.0.1:8080}
PORTALS_CONTROL=http://127.0.0.1:8209
POSTGRES_PORT=8543
RABBITMQ_PORT=8567
RABBITMQ_MANAGEMENT_PORT=8570
CONFIGURATION=Release

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MASSTRANSIT_USAGE_TELEMETRY=false
# MSBuild's nodes would outlive the command.
export MSBUILDDISABLENODEREUSE=1
# Everything here talks to loopback only, whatever proxy the machine has.
export NO_PROXY="${NO_PROXY:+$NO_PROXY,}localhost,127.0.0.1" no_proxy="${no_proxy:+$no_proxy,}localhost,127.0.0.1"

if [[ -t 2 ]]; then BOLD=$'\e[1m' YELLOW=$'\e[33m' RED=$'\e[31m' PLAIN=$'\e[0m'; else BOLD="" YELLOW="" RED="" PLAIN=""; fi
say() { printf '%s\n' "$*" >&2; }
step() { say "$BOLD▸ $*$PLAIN"; }
warn() { say "$YELLOW! $*$PLAIN"; }
die() { say "$RED✗ $*$PLAIN"; exit 1; }

now() { printf '%s' "$EPOCHREALTIME"; }
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'; }

# The .NET programs of the local run, read from the process manager's own configuration: "name dll url" a line.
programs() {
    awk '
        /^\[program:/ { name = $0; gsub(/^\[program:|\]$/, "", name); dll = "" }
        /^command=dotnet / { split($0, part, " "); dll = part[2] }
        dll != "" && match($0, /ASPNETCORE_URLS="[^"]+"/) { print name, dll, substr($0, RSTART + 17, RLENGTH - 18); dll = "" }
    ' "$SUPERVISORD_CONF"
}
