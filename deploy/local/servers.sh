# PostgreSQL and RabbitMQ from the distribution's binaries, never its clusters: used by up (under supervisor) and by test.

# PostgreSQL refuses to run as root.
as_postgres() {
    if [[ $EUID -eq 0 ]]; then
        (cd / && exec setpriv --reuid postgres --regid postgres --clear-groups --inh-caps=-all "$@")
    else
        (cd / && exec "$@")
    fi
}

# $1: data folder, $2: password file or "" for trust, rest: more arguments of initdb.
postgres_init() {
    local data=$1 password=$2 bin
    shift 2
    [[ -e $data/PG_VERSION ]] && return
    bin=$(installed_postgres)
    mkdir -p "$data" && chmod 700 "$data"
    [[ $EUID -eq 0 ]] && chown postgres:postgres "$data"
    as_postgres test -x "$data" || die "PostgreSQL's user cannot reach $data: a folder above it is closed to others (chmod o+x it, or move the checkout)."
    local auth=(--auth=trust)
    if [[ -n $password ]]; then
        # A copy that its user may read.
        install -m 600 "$password" "$data.password"
        ((EUID != 0)) || chown postgres "$data.password"
        auth=(--auth=scram-sha-256 "--pwfile=$data.password")
    fi
    as_postgres "$bin/initdb" -D "$data" -U postgres "${auth[@]}" -E UTF8 --locale=C.UTF-8 "$@" >/dev/null
    rm -f "$data.password"
}

# $1: folder, $2: port of AMQP, $3: port of the management API, $4: user, $5: password.
rabbitmq_init() {
    mkdir -p "$1"
    printf '[rabbitmq_management].\n' >"$1/enabled_plugins"
    cat >"$1/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$2
management.tcp.ip = 127.0.0.1
management.tcp.port = $3
loopback_users = none
default_user = $4
default_pass = $5
vm_memory_high_watermark.absolute = 512MiB
disk_free_limit.absolute = 64MB
log.console = true
log.console.level = warning
log.file = false
CONF
}

postgres_ready() { "$(installed_postgres)/pg_isready" -q -h 127.0.0.1 -p "$1"; }

# $1: AMQP port, $2: management port, $3: user:password.
rabbitmq_ready() { curl -sf -m 5 -o /dev/null -u "$3" "http://127.0.0.1:$2/api/health/checks/port-listener/$1"; }

# $1: what, $2: seconds, rest: the question. False when time is over.
wait_for() {
    local what=$1 limit=$2 began=$SECONDS
    shift 2
    until "$@"; do
        ((SECONDS - began < limit)) || { warn "$what did not answer within $limit s"; return 1; }
        sleep 0.3
    done
}

create_databases() {
    local psql database
    psql=("$(installed_postgres)/psql" -qAtX -h 127.0.0.1 -p "$POSTGRES_PORT" -U postgres)
    for database in tickets jobs billing tenants; do
        [[ $(PGPASSWORD=$(password postgres) "${psql[@]}" -c "select 1 from pg_database where datname = '$database'") == 1 ]] ||
            PGPASSWORD=$(password postgres) "${psql[@]}" -c "create database $database"
    done
}
