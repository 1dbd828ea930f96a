# ./dev test: every test project, one after the other, against servers of this run alone.

dev_test() {
    local filter=${1:-}
    ensure_installed
    ensure_test_tools
    build Invoicing.sln
    WORKSHOP=$(mktemp -d)
    # The servers and everything a test starts carry this, so that all of it can be ended.
    MARK=INVOICING_TEST_RUN=$WORKSHOP
    trap end_test_run EXIT
    trap 'exit 130' INT TERM
    start_test_servers
    run_test_projects "$filter"
}

end_test_run() {
    stop_leftovers KILL
    keep_results
    rm -rf "$WORKSHOP"
}

# A port from outside the kernel's own range that nobody listens on; $1 neighbours above it are free too.
free_port() {
    local port offset taken
    taken=$(awk 'FNR > 1 && $4 == "0A" { split($2, part, ":"); print part[2] }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
    while :; do
        port=$((20000 + RANDOM % 10000))
        for ((offset = 0; offset <= $1; offset++)); do
            ! grep -qix "$(printf '%04x' $((port + offset)))" <<<"$taken" || continue 2
        done
        echo "$port"
        return
    done
}

start_test_servers() {
    step "Starting PostgreSQL and RabbitMQ for the tests"
    local postgres rabbitmq began
    began=$(now)
    chmod 711 "$WORKSHOP"
    postgres=$(free_port 0) rabbitmq=$(free_port 3)
    rabbitmq_init "$WORKSHOP/rabbitmq" "$rabbitmq" $((rabbitmq + 3)) guest guest
    env "$MARK" deploy/local/run-rabbitmq "$WORKSHOP/rabbitmq" "$rabbitmq" >"$WORKSHOP/rabbitmq.log" 2>&1 &
    # The shell would report its end after the counts.
    disown
    postgres_init "$WORKSHOP/postgres" "" --no-sync
    env "$MARK" deploy/local/run-postgres "$WORKSHOP/postgres" "$postgres" \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$WORKSHOP/postgres.log" 2>&1 &
    disown
    wait_for PostgreSQL 60 postgres_ready "$postgres" || { tail -n 20 "$WORKSHOP/postgres.log" >&2; die "The tests have no PostgreSQL."; }
    wait_for RabbitMQ 180 rabbitmq_ready "$rabbitmq" $((rabbitmq + 3)) guest:guest || { tail -n 20 "$WORKSHOP/rabbitmq.log" >&2; die "The tests have no RabbitMQ."; }
    export INVOICING_TEST_POSTGRES="Host=127.0.0.1;Port=$postgres;Username=postgres"
    export INVOICING_TEST_RABBITMQ="amqp://guest:guest@127.0.0.1:$rabbitmq" INVOICING_TEST_RABBITMQ_MANAGEMENT="http://127.0.0.1:$((rabbitmq + 3))"
    say "  ready in $(since "$began") s"
}

# What `./dev go-no-go` reads: the newest result of each project, and which commit it was of.
keep_results() {
    local kept=$RUN/results file
    compgen -G "$WORKSHOP/results/*.trx" >/dev/null || return 0
    mkdir -p "$kept"
    for file in "$WORKSHOP"/results/*.trx; do
        cp "$file" "$kept/"
        tested_state >"$kept/$(basename "$file" .trx).of"
    done
    find "$WORKSHOP/results" -name '*.cobertura.xml' -exec cp {} "$kept/" \;
}
# The commit, marked where the checkout differs from it.
tested_state() { git describe --always --abbrev=40 --dirty --exclude '*' 2>/dev/null || echo unknown; }

test_projects() { find tests -mindepth 2 -maxdepth 2 \( -name '*.Tests.csproj' -o -name '*Tests.csproj' \) | sort -u; }

# $1: "" or a folder under tests/ or a part of names.
run_test_projects() {
    local project name result filter=()
    local passed=0 failed=0 skipped=0 hung=10m
    [[ ${INVOICING_LONG_TESTS:-} != 1 ]] || hung=60m
    [[ -z $1 || -d tests/$1 ]] || filter=(--filter "FullyQualifiedName~$1")
    # Of what runs in the test process itself; programs that a test starts are not seen.
    [[ -z ${INVOICING_TEST_COVERAGE:-} ]] || filter+=(--collect "Code Coverage;Format=cobertura")
    for project in $(test_projects); do
        name=$(basename "$(dirname "$project")")
        [[ -z $1 || ! -d tests/$1 || $name == "$1" ]] || continue
        step "$name"
        result=0
        env "$MARK" dotnet test "$project" --no-build -c "$CONFIGURATION" --nologo "${filter[@]}" --results-directory "$WORKSHOP/results" \
            --logger "trx;LogFileName=$name.trx" --blame-hang --blame-hang-timeout "$hung" --blame-hang-dump-type none \
            >"$WORKSHOP/$name.log" 2>&1 &
        # Waited for like this, a signal to this script is heard at once.
        wait $! || result=$?
        count_results "$name" "$result"
    done
    printf '\n'
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    ((failed == 0 && passed > 0))
}

# Adds to passed, failed and skipped of the caller. A project that fails without naming a test counts as one failure.
count_results() {
    local trx=$WORKSHOP/results/$1.trx counters all p f
    counters=$(grep -o '<Counters [^>]*' "$trx" 2>/dev/null | head -n 1 || true)
    counter() { grep -o " $1=\"[0-9]*\"" <<<"$counters" | grep -o '[0-9]*' || echo 0; }
    all=$(counter total) p=$(counter passed) f=$(counter failed)
    if ((f > 0)); then
        list_results "$trx" Failed
    elif (($2 != 0)); then
        f=1 all=$((all > p ? all : p + 1))
        say "  failed: $1 ended with exit code $2 before all tests had run. The end of its output:"
        tail -n 30 "$WORKSHOP/$1.log" >&2
    fi
    ((all <= p + f)) || list_results "$trx" NotExecuted
    printf '  %s passed, %s failed, %s skipped\n' "$p" "$f" $((all - p - f)) >&2
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + all - p - f))
}

# Names of tests with this result, and the message of each.
list_results() {
    awk -v wanted="outcome=\"$2\"" -v label="$([[ $2 == Failed ]] && echo failed || echo skipped)" '
        BEGIN { RS = "<UnitTestResult " }
        function plain(text) { gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#xD;/, "", text); gsub(/&apos;/, "\x27", text); gsub(/&amp;/, "\\&", text); return text }
        # The last record carries the rest of the file: only the tag of the result is its own.
        NR > 1 && index(substr($0, 1, index($0, ">")), wanted) {
            name = $0; sub(/.*testName="/, "", name); sub(/".*/, "", name)
            message = ""
            if (match($0, /<Message>[^<]*/)) message = substr($0, RSTART + 9, RLENGTH - 9)
            stack = ""
            if (label == "failed" && match($0, /<StackTrace>[^<]*/)) stack = "\n" substr($0, RSTART + 12, RLENGTH - 12)
            text = plain(message stack); gsub(/\n/, "\n      ", text)
            print "  " label ": " plain(name) "\n      " substr(text, 1, 2000)
        }' "$1" >&2
}
