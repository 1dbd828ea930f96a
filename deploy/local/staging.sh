# ./dev clone-staging FILE: an archive for ./dev restore with personal and fiscal data masked and the schema brought up to date.

dev_clone-staging() {
    [[ $# -eq 1 && $1 != -* ]] || die "./dev clone-staging FILE"
    supervisor_runs && is_healthy postgres || die "The local run is not up (./dev up --detach)."
    build deploy/local/run.slnf
    clone_masked "$(realpath -m "$1")"
}

# $1: archive. The copies are made and masked in databases of their own; no artefact is copied.
clone_masked() (
    set -e
    trap 'drop_copies' EXIT
    drop_copies
    for database in "${DATABASES[@]}"; do
        step "Masking a copy of $database"
        sql postgres -c "CREATE DATABASE staging_$database"
        pg pg_dump -Fc -d "$database" | pg pg_restore --exit-on-error --no-owner -d "staging_$database"
        masking "$database" | sql "staging_$database" -o /dev/null -f - -f deploy/local/masking.sql
    done
    migrate_copy tickets services/tickets Tickets.dll tickets
    migrate_copy jobs services/jobs Jobs.dll jobs
    migrate_copy billing-metrics services/billing-metrics BillingMetrics.dll billing
    migrate_copy tenant-config services/tenant-config TenantConfig.dll tenants
    pack "$1" staging_ no
)

drop_copies() {
    local database
    for database in "${DATABASES[@]}"; do
        sql postgres -c "DROP DATABASE IF EXISTS staging_$database WITH (FORCE)" 2>/dev/null
    done
}

# $1: database. The rules of masking.tsv that speak of it, as a table of the session.
masking() {
    echo 'CREATE TEMP TABLE masking (t text, c text, rule text);'
    awk -F '\t' -v database="$1" '
        /^#/ || ($1 != "*" && $1 != database) { next }
        { rule = $4; gsub(/\x27/, "&&", rule); count = split($3, columns, ",")
          for (i = 1; i <= count; i++) printf "INSERT INTO masking VALUES (\x27%s\x27, \x27%s\x27, \x27%s\x27);\n", $2, columns[i], rule }
    ' deploy/local/masking.tsv
}

# As migrate_one, to the newest migration of this checkout.
migrate_copy() {
    local newest
    newest=$(find "$2/Db/Migrations" -name '*.cs' ! -name '*.Designer.cs' ! -name '*Snapshot.cs' -printf '%f\n' | sort | tail -n 1)
    migrate_one "$1" "$2" "$3" "$4" "${newest%.cs}" "staging_$4"
}
