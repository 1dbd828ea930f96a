# ./dev up

HEALTH_LIMIT=180
STARTED=no

dev_up() {
    local detach=no fresh=no argument
    for argument in "$@"; do
        case $argument in
            --detach | -d) detach=yes ;;
            --fresh) fresh=yes ;;
            *) die "up does not know $argument" ;;
        esac
    done
    ensure_installed
    mkdir -p "$RUN"
    [[ $fresh == no ]] || forget_everything
    # From here on an attached run owns what it starts.
    [[ $detach == yes ]] || supervisor_runs || trap 'interrupted 130' INT TERM
    bring_up
    print_addresses
    # Where everything ran already, this run of up has nothing of its own to keep.
    [[ $detach == yes || $STARTED == no ]] || stay_until_interrupted
}

# Two runs of up at once would start everything twice.
bring_up() {
    exec 9>"$RUN/up.lock"
    flock -w 600 9 || die "Another ./dev up has been at work for ten minutes."
    ensure_keys
    build deploy/local/run.slnf
    start_supervisor 9>&-
    start_servers
    start_programs
    seed
    exec 9>&-
}

forget_everything() {
    dev_down
    step "Forgetting all data of the local run"
    rm -rf "$RUN/postgres" "$RUN/rabbitmq" "$RUN/artefacts" "$RUN/portals" "$RUN/keys" "$RUN/logs" "$RUN/credentials.json" "$RUN/demo"
}

start_servers() {
    local began
    began=$(now)
    postgres_init "$RUN/postgres" "$RUN/keys/passwords/postgres"
    rabbitmq_init "$RUN/rabbitmq" "$RABBITMQ_PORT" "$RABBITMQ_MANAGEMENT_PORT" invoicing "$(password rabbitmq)"
    start_stopped postgres rabbitmq
    await_health postgres "$began"
    create_databases
    await_health rabbitmq "$began"
}

start_programs() {
    local name dll began changed=() all=()
    began=$(now)
    while read -r name dll _; do
        all+=("$name")
        ! stage "$name" "$dll" || changed+=("$name")
    done < <(programs)
    ((${#changed[@]} == 0)) || supervisor stop "${changed[@]}" >/dev/null || true
    start_stopped "${all[@]}"
    for name in "${all[@]}"; do
        await_health "$name" "$began"
    done
}

# Starts those of the named that do not run, all at once.
start_stopped() {
    local name state stopped=() known
    known=$(states)
    for name in "$@"; do
        state=$(awk -v name="$name" '$1 == name { print $2 }' <<<"$known")
        [[ $state =~ ^(RUNNING|STARTING)$ ]] && continue
        refuse_taken_port "$name"
        stopped+=("$name")
    done
    ((${#stopped[@]} > 0)) || return 0
    STARTED=yes
    # One by one supervisor waits for each; a process that fails shows in its health.
    for name in "${stopped[@]}"; do
        supervisor start "$name" >/dev/null 2>&1 &
    done
    wait
}

refuse_taken_port() {
    local port
    port=$(url_of "$1")
    port=${port##*:}
    ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || die "Port $port is in use by another program, and $1 needs it."
}

# $1: name, $2: when the start began.
await_health() {
    local began=$SECONDS state
    until is_healthy "$1"; do
        state=$(state_of "$1")
        if [[ $state == FATAL* ]] || ((SECONDS - began > HEALTH_LIMIT)); then
            warn "$1 did not become healthy (${state% *}). The end of its log:"
            tail -n 25 "$RUN/logs/$1.log" >&2 || true
            die "$1 did not start. More: ./dev logs $1"
        fi
        sleep 0.4
    done
    say "  ✓ $1 ($(since "$2") s)"
}

print_addresses() {
    cat <<TEXT

  console        $GATEWAY/console/
  API            $GATEWAY/invoicing   (documents: $GATEWAY/docs)
  portals        http://127.0.0.1:8201 (Simple Portal)  :8202 (OXXO Test)  :8204 (Litro Mil Test)
                 :8211 to :8244 (archetypes)   control $PORTALS_CONTROL
  RabbitMQ       http://127.0.0.1:$RABBITMQ_MANAGEMENT_PORT   user invoicing, password in .run/keys/passwords/rabbitmq
  PostgreSQL     PGPASSWORD=\$(cat .run/keys/passwords/postgres) psql -h 127.0.0.1 -p $POSTGRES_PORT -U postgres tickets
  credentials    .run/credentials.json
TEXT
}

stay_until_interrupted() {
    say ""
    say "Ctrl-C stops everything. (./dev up --detach leaves it running.)"
    trap 'interrupted 0' INT TERM
    local pid
    pid=$(cat "$RUN/supervisord.pid")
    until ended "$pid"; do
        sleep 2 &
        wait $! || true
    done
    warn "The process manager has ended."
}

# A second signal must not stop the stopping.
interrupted() {
    trap '' INT TERM
    dev_down
    exit "$1"
}
