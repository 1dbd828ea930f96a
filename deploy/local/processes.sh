# The running system: supervisor keeps it, this asks supervisor.

# Every process of this checkout's run carries this variable, so that none can be left behind or mistaken.
MARK=INVOICING_LOCAL_RUN=$RUN

# The environment the process manager and its children see: what is listed, and nothing else of the caller's shell.
clean_environment() {
    local variables=(
        "PATH=$PATH" "HOME=$HOME" "USER=$(id -un)" LANG=C.UTF-8 "INVOICING_ROOT=$ROOT" "INVOICING_RUN=$RUN"
        "POSTGRES_PASSWORD=$(password postgres)" "RABBITMQ_PASSWORD=$(password rabbitmq)" "PLATFORM_ADMIN_SECRET=$(password platform-admin)"
    )
    local name
    for name in DOTNET_ROOT ANTHROPIC_API_KEY $(compgen -e OTEL_ || true); do
        [[ -z ${!name:-} ]] || variables+=("$name=${!name}")
    done
    env -i "${variables[@]}" "$@"
}

supervisor_runs() { [[ -S $RUN/supervisor.sock ]] && supervisor pid >/dev/null 2>&1; }
supervisor() { clean_environment supervisorctl -c "$SUPERVISORD_CONF" "$@"; }

start_supervisor() {
    if supervisor_runs; then
        supervisor reread >/dev/null && supervisor update >/dev/null
        return
    fi
    ((${#RUN} < 85)) || die "The path of this checkout is too long for a socket: $ROOT"
    stop_leftovers TERM KILL
    mkdir -p "$RUN/logs" "$RUN/live" "$RUN/artefacts" "$RUN/portals"
    clean_environment "$MARK" supervisord -c "$SUPERVISORD_CONF" || die "supervisord did not start (see $RUN/logs/supervisord.log)."
    wait_for supervisor 15 supervisor_runs || die "supervisord does not answer."
}

leftovers() { grep -lzxF -- "$MARK" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3 || true; }
# $@: signals to try in this order.
stop_leftovers() {
    local signal pids tries
    for signal in "$@"; do
        pids=$(leftovers)
        [[ -n $pids ]] || return 0
        # shellcheck disable=SC2086
        kill -"$signal" $pids 2>/dev/null || true
        for tries in {1..40}; do
            [[ -n $(leftovers) ]] || return 0
            sleep 0.2
        done
    done
    warn "these processes do not end: $(leftovers | tr '\n' ' ')"
}

dev_down() {
    if supervisor_runs; then
        step "Stopping everything"
        supervisor shutdown >/dev/null || true
        local pid
        pid=$(cat "$RUN/supervisord.pid" 2>/dev/null || true)
        [[ -z $pid ]] || wait_for "supervisord's end" 90 ended "$pid" || true
    fi
    stop_leftovers TERM KILL
    rm -f "$RUN/supervisor.sock" "$RUN/supervisord.pid"
}
# A zombie has ended, too: the first process of a container may never collect it.
ended() { ! grep -qs '^State:[[:space:]]*[^Z]' "/proc/$1/status"; }

# "name STATE pid" a line; supervisorctl's own exit code only says that not everything runs.
states() { { supervisor status 2>/dev/null || true; } | awk '{ print $1, $2, ($3 == "pid" ? $4 + 0 : "") }'; }
state_of() { states | awk -v name="$1" '$1 == name { print $2 }'; }

url_of() {
    case $1 in
        postgres) echo "postgresql://127.0.0.1:$POSTGRES_PORT" ;;
        rabbitmq) echo "amqp://127.0.0.1:$RABBITMQ_PORT" ;;
        *) programs | awk -v name="$1" '$1 == name { print $3 }' ;;
    esac
}

# healthy | degraded | down, as the process itself says.
health_of() {
    case $1 in
        postgres) postgres_ready "$POSTGRES_PORT" && echo healthy || echo down ;;
        rabbitmq) rabbitmq_ready "$RABBITMQ_PORT" "$RABBITMQ_MANAGEMENT_PORT" "invoicing:$(password rabbitmq)" && echo healthy || echo down ;;
        *)
            local answer
            answer=$(curl -s -m 5 "$(url_of "$1")/health" | jq -r '.status // "down"' 2>/dev/null) || true
            [[ $answer == ok ]] && answer=healthy
            echo "${answer:-down}"
            ;;
    esac
}
is_healthy() { [[ $(health_of "$1") == healthy ]]; }

names() { printf '%s\n' postgres rabbitmq; programs | cut -d ' ' -f 1; }

dev_ps() {
    command -v jq >/dev/null && supervisor_runs || { echo '[]'; return; }
    local name state pid
    states | while read -r name state pid; do
        jq -n --arg name "$name" --arg pid "$pid" --arg url "$(url_of "$name")" --arg health "$([[ $state == RUNNING ]] && health_of "$name" || echo down)" \
            '{$name, pid: ($pid | if . == "" then null else tonumber end), $url, $health}'
    done | jq -s .
}

dev_logs() {
    local name=${1:-} log
    log=$RUN/logs/$name.log
    [[ -n $name && -f $log ]] || die "There is no such log. Names: $(names | tr '\n' ' ')"
    if [[ ${2:-} == -f ]]; then tail -n 200 -f "$log"; else tail -n 200 "$log"; fi
}

# ./dev log-level NAME CATEGORY LEVEL: counts within seconds, until it is said again or with "default". NAME all is every service.
dev_log-level() {
    [[ $# -eq 3 ]] || die "./dev log-level NAME CATEGORY LEVEL, for example: jobs Invoicing.Jobs Debug; LEVEL default takes it back; NAME all means all."
    [[ $1 == all ]] || programs | cut -d ' ' -f 1 | grep -qx -- "$1" || die "There is no program $1."
    [[ $3 =~ ^(Trace|Debug|Information|Warning|Error|Critical|None|default)$ ]] || die "No such level: $3"
    local file=$RUN/live/$1.json
    mkdir -p "$RUN/live"
    jq --arg category "$2" --arg level "$3" 'if $level == "default" then del(.Logging.LogLevel[$category]) else .Logging.LogLevel[$category] = $level end' \
        <<<"$(cat "$file" 2>/dev/null || echo '{}')" >"$file.new"
    mv "$file.new" "$file"
    jq -c . "$file"
}
