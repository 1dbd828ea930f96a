# ./dev backup [--with-keys] [FILE]: all data of the local run in one archive. docs/runbooks/backups.md

DATABASES=(tenants tickets jobs billing)

dev_backup() {
    local keys=no archive="" argument paused
    for argument in "$@"; do
        case $argument in
            --with-keys) keys=yes ;;
            -*) die "backup does not know $argument" ;;
            *) archive=$argument ;;
        esac
    done
    supervisor_runs && is_healthy postgres || die "The local run is not up (./dev up --detach)."
    archive=$(realpath -m "${archive:-$RUN/backups/invoicing-$(date -u +%Y%m%dT%H%M%SZ).tar}")
    paused=$(running_programs)
    step "Standing still"
    # shellcheck disable=SC2064
    trap "start_again $paused" EXIT
    stop_programs gateway browser-automation
    # What one program has said and another not yet heard is in neither's database.
    wait_for "the last messages" 60 all_heard || warn "Messages are still under way: they are not in the backup."
    # shellcheck disable=SC2086
    stop_programs $paused
    step "Writing $archive"
    pack "$archive" "" "$keys"
}

running_programs() { states | awk '$2 == "RUNNING" { print $1 }' | grep -vx -e postgres -e rabbitmq | tr '\n' ' ' || true; }
stop_programs() { [[ $# -eq 0 ]] || supervisor stop "$@" >/dev/null 2>&1 || true; }
start_again() { [[ $# -eq 0 ]] || { step "Going on"; supervisor start "$@" >/dev/null 2>&1 || warn "Not everything started again: ./dev ps"; }; }

all_heard() {
    local database
    for database in "${DATABASES[@]}"; do
        [[ $(sql "$database" -c 'SELECT count(*) FROM outbox_messages WHERE not_before <= now()') == 0 ]] || return 1
    done
    # Attempts that no worker took are handed out again by jobs.
    [[ $(queues | jq '[.[] | select(.name | startswith("browser-automation") | not) | .messages] | add // 0') == 0 ]]
}
queues() { curl -sf -m 10 -u "invoicing:$(password rabbitmq)" "http://127.0.0.1:$RABBITMQ_MANAGEMENT_PORT/api/queues"; }

# $1: a tool of PostgreSQL, rest: its arguments.
pg() { PGPASSWORD=$(password postgres) "$(installed_postgres)/$1" -h 127.0.0.1 -p "$POSTGRES_PORT" -U postgres "${@:2}"; }
# $1: database, rest: psql's arguments. The first error ends it.
sql() { pg psql -qAtX -v ON_ERROR_STOP=1 -d "$1" "${@:2}"; }

# $1: archive, $2: what the names of the databases begin with, $3: yes to add keys. Written aside first: a broken one never has the name.
# The subshell keeps others from reading it meanwhile.
pack() (
    set -e
    umask 077
    mkdir -p "$(dirname "$1")"
    work=$(mktemp -d "$(dirname "$1")/.packing-XXXXXX")
    trap 'rm -rf "$work"' EXIT
    for database in "${DATABASES[@]}"; do
        pg pg_dump -Fc -d "$2$database" -f "$work/$database.dump"
    done
    if [[ -z $2 ]]; then
        mkdir -p "$RUN/artefacts"
        tar -C "$RUN" -cf "$work/artefacts.tar" artefacts
    fi
    [[ $3 != yes ]] || tar -C "$RUN" -cf "$work/keys.tar" --exclude=keys/passwords/postgres --exclude=keys/passwords/rabbitmq keys
    (cd "$work" && sha256sum -- * >SHA256SUMS)
    (cd "$work" && tar -cf "$1.new" -- *)
    mv "$1.new" "$1"
)
