# ./dev restore FILE: all data of the local run is what the archive holds. docs/runbooks/backups.md

dev_restore() {
    [[ $# -eq 1 && -f $1 ]] || die "./dev restore FILE"
    ensure_installed
    mkdir -p "$RUN"
    ensure_keys
    start_supervisor
    start_servers
    # shellcheck disable=SC2046
    stop_programs $(running_programs)
    unpack "$1"
    # What was said before the restore speaks of another state.
    local queue
    for queue in $(queues | jq -r '.[].name | @uri'); do
        curl -sf -m 10 -X DELETE -o /dev/null -u "invoicing:$(password rabbitmq)" "http://127.0.0.1:$RABBITMQ_MANAGEMENT_PORT/api/queues/%2F/$queue/contents" || true
    done
    # What runs holds the keys and passwords it was started with.
    dev_down
    say "Restored. ./dev up starts everything on it."
}

# $1: archive. Nothing of what is there is touched before all of the archive has been taken in.
unpack() (
    set -e
    umask 077
    work=$(mktemp -d "$RUN/.unpacking-XXXXXX")
    trap 'rm -rf "$work"' EXIT
    tar -C "$work" -xf "$1"
    (cd "$work" && sha256sum --quiet -c SHA256SUMS) || die "$1 is not whole."
    # The dumps name it, but a role belongs to the server (docs/runbooks/database-roles.md).
    [[ -n $(sql postgres -c "SELECT 1 FROM pg_roles WHERE rolname = 'invoicing_tenant'") ]] || sql postgres -c "CREATE ROLE invoicing_tenant NOLOGIN"
    for database in "${DATABASES[@]}"; do
        step "Restoring $database"
        sql postgres -c "DROP DATABASE IF EXISTS restoring_$database WITH (FORCE)" -c "CREATE DATABASE restoring_$database"
        pg pg_restore --exit-on-error --no-owner -d "restoring_$database" "$work/$database.dump"
    done
    for database in "${DATABASES[@]}"; do
        sql postgres -c "DROP DATABASE IF EXISTS $database WITH (FORCE)" -c "ALTER DATABASE restoring_$database RENAME TO $database"
    done
    rm -rf "$RUN/artefacts"
    [[ ! -e $work/artefacts.tar ]] || tar -C "$RUN" -xf "$work/artefacts.tar"
    [[ ! -e $work/keys.tar ]] || tar -C "$RUN" -xf "$work/keys.tar"
)
