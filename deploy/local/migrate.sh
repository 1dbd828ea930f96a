# ./dev migrate --to NAME: every database that knows the migration is brought there, up or down. docs/runbooks/migrations.md

dev_migrate() {
    [[ $# -eq 2 && $1 == --to && -n $2 ]] || die "./dev migrate --to NAME, a migration's name such as 011_trace_parent, or 0 for an empty schema."
    ensure_installed
    mkdir -p "$RUN"
    ensure_keys
    build deploy/local/run.slnf
    start_supervisor
    start_servers
    # A program that runs would bring its schema back up when it starts again.
    local name dll
    while read -r name dll _; do
        [[ $(state_of "$name") != RUNNING ]] || { step "Stopping $name"; supervisor stop "$name" >/dev/null; }
    done < <(programs)
    migrate_one tickets services/tickets Tickets.dll tickets "$2"
    migrate_one jobs services/jobs Jobs.dll jobs "$2"
    migrate_one billing-metrics services/billing-metrics BillingMetrics.dll billing "$2"
    migrate_one tenant-config services/tenant-config TenantConfig.dll tenants "$2"
    say "The programs are stopped: start those that fit this schema (./dev up starts this checkout's, which bring it up to date)."
}

# $1: service, $2: its project, $3: its program, $4: its database, $5: the migration, $6: the database's name where it is another.
migrate_one() {
    local program
    program=$(find "$2/bin/$CONFIGURATION" -name "$3" | head -n 1)
    env "ConnectionStrings__$4=Host=127.0.0.1;Port=$POSTGRES_PORT;Username=postgres;Password=$(password postgres);Database=${6:-$4}" \
        "Identity__Name=$1" "Identity__SigningKey=$RUN/keys/private/$1.pem" "Identity__Keys=$RUN/keys/public" "ConnectionStrings__rabbitmq=amqp://127.0.0.1" \
        dotnet "$program" "--Migrations:To=$5" || die "$1 was not migrated."
}
