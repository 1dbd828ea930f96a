# ./dev bench all [NAME…]: every benchmark one after the other with a short count (or only those named), then docs/benchmarks.md from the newest result of
# each. What failed, ran into its limit or was never run is on the page as such.

# name | arguments | what it measures | limit in seconds. jobs holds claim; path comes last because it starts the local system.
BENCHES='
reads    | 500      | GET of a ticket (v1) through the gateway, beside straight to the service                                        | 600
gateway  | 300      | what the gateway adds to a read, beside a bare YARP and nginx                                                   | 600
bulk     | 1        | POST /v2/bulk of 500 items with 50 bad, and of 10,000, from request to answer                                   | 600
jobs     | 5        | the job engine, beside Hangfire.PostgreSql and a plain MassTransit consumer; the claim with limits beside without | 1200
dispatch | 2000 100 | a simulated queue of 2,000 tenants handed out by the real claim                                                 | 600
browser  | 10 1,2   | invoices a minute of the worker, beside a hand-written script in Hangfire, for one and two contexts             | 900
soak     | 60       | the idle browser'"'"'s memory after every tenth of 60 tickets                                                   | 900
ocr      | 30       | reading 30 photographed tickets on one core, beside Tesseract                                                   | 1200
path     | 20       | 20 tickets over the simulated portals: right outcomes, duplicate emissions, tickets a minute                    | 1200
'

bench_all() {
    local kept=$RUN/results/bench wanted=" $* " name arguments what limit failed=0
    local known
    known=$(bench_rows | cut -f 1)
    for name in "$@"; do
        grep -qx -- "$name" <<<"$known" || die "bench all does not know $name."
    done
    # It would be measured too.
    ! supervisor_runs || die "The local system runs: ./dev down first."
    mkdir -p "$kept"
    while IFS=$'\t' read -r name arguments what limit; do
        [[ $wanted == "  " || $wanted == *" $name "* ]] || continue
        step "bench $name $arguments"
        # shellcheck disable=SC2086
        run_bench "$kept" "$limit" "$name" $arguments || failed=1
        [[ $name != path ]] || dev_down
    done < <(bench_rows)
    write_benchmarks_page "$kept" >docs/benchmarks.md
    say "docs/benchmarks.md"
    return $failed
}

bench_rows() { awk -F ' *[|] *' 'NF == 4 { printf "%s\t%s\t%s\t%s\n", $1, $2, $3, $4 }' <<<"$BENCHES"; }

# $1: folder, $2: limit, then the name and its arguments. NAME.txt is what it printed, NAME.json all else.
run_bench() {
    local kept=$1 limit=$2 began=$EPOCHREALTIME load_before result=0
    shift 2
    read -r load_before _ </proc/loadavg
    timeout -k 30 "$limit" ./dev bench "$@" </dev/null >"$kept/$1.txt" 2>"$kept/$1.err" || result=$?
    ((result == 0)) || tail -n 5 "$kept/$1.err" >&2
    jq -n --arg command "./dev bench $*" --arg commit "$(tested_state)" --arg at "$(date -u +%FT%TZ)" --arg seconds "$(since "$began")" --arg limit "$limit" \
        --arg before "$load_before" --arg after "$(cut -d ' ' -f 1 /proc/loadavg)" --arg result "$result" --argjson machine "$(machine)" \
        '{$command, $commit, $at, seconds: ($seconds | tonumber), limit: ($limit | tonumber), load: {before: ($before | tonumber), after: ($after | tonumber)},
          result: ($result | tonumber), $machine}' >"$kept/$1.json"
    return $result
}

machine() {
    jq -n --arg cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" --arg cores "$(nproc)" --arg memory "$(awk '/^MemTotal/ { printf "%.1f GiB", $2 / 1048576 }' /proc/meminfo)" \
        --arg os "$(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)" --arg dotnet "$(dotnet --version)" \
        --arg postgresql "$(version_of postgresql)" --arg rabbitmq "$(version_of rabbitmq-server)" --arg chromium "$(version_of chromium-headless-shell)" \
        '{$cores, $cpu, $memory, $os, $dotnet, $postgresql, $rabbitmq, $chromium}'
}
version_of() { dpkg-query -W -f '${Version}' "$1" 2>/dev/null || echo "not a package"; }

# $1: folder of the results.
write_benchmarks_page() {
    local kept=$1 name arguments what limit
    cat <<'MARKDOWN'
# Benchmarks

Written by `./dev bench all`: every benchmark once, with a short count, one after the other. Short runs say whether something broke and how the parts
compare within one run; longer runs, targets and what the figures mean are in [benchmarks/](benchmarks), the portal engine's exam in
[benchmarks/exam.md](benchmarks/exam.md) (`./dev exam`).

MARKDOWN
    machines "$kept"
    printf '\n| benchmark | what | ended | s | load before, after |\n| --- | --- | --- | --- | --- |\n'
    while IFS=$'\t' read -r name arguments what limit; do
        printf '| [%s](#%s) | %s | %s |\n' "$name" "$name" "$what" "$(outcome_of "$kept/$name.json")"
    done < <(bench_rows)
    printf '\n## Ratios\n\n'
    while IFS=$'\t' read -r name arguments what limit; do
        if [[ -s $kept/$name.txt ]]; then sed -n "s/^ratio  */- **$name**: /p" "$kept/$name.txt"; fi
    done < <(bench_rows)
    while IFS=$'\t' read -r name arguments what limit; do
        bench_section "$kept" "$name"
    done < <(bench_rows)
}

# One row a machine and commit the results are of: more than one where only some were measured again.
machines() {
    printf '| commit | from, to | processors | memory | system | .NET, PostgreSQL, RabbitMQ, Chromium |\n| --- | --- | --- | --- | --- | --- |\n'
    cat "$1"/*.json 2>/dev/null | jq -rs 'group_by([.commit, .machine])[] | sort_by(.at) | .[0] as $first | $first.machine as $m |
        "| `\($first.commit[:12])`\($first.commit | if endswith("-dirty") then " and changes" else "" end) | \($first.at), \(.[-1].at) | \($m.cores) × \($m.cpu) | \($m.memory) | \($m.os) | \($m.dotnet), \($m.postgresql), \($m.rabbitmq), \($m.chromium) |"'
}

outcome_of() {
    [[ -s $1 ]] || { printf '**not run** | | '; return; }
    jq -r '"\(if .result == 0 then "well" elif .result == 124 or .result == 137 then "**stopped at its limit of \(.limit) s**" else "**failed** (exit code \(.result))" end) | \(.seconds | round) | \(.load.before), \(.load.after)"' "$1"
}

bench_section() {
    local record=$1/$2.json printed=$1/$2.txt
    printf '\n## %s\n\n' "$2"
    [[ -s $record ]] || { echo "Not run."; return; }
    # shellcheck disable=SC2016
    jq -r '"`\(.command)`, ended \(.at)."' "$record"
    # What programs log beside their figures is of this machine.
    printf '\n```text\n%s\n```\n' "$(grep -vE '^[0-9]{2}:[0-9]{2}:[0-9.]+ (info|warn|fail): ' "$printed")"
    [[ $(jq .result "$record") == 0 ]] || printf '\nIt did not end well. The last it said:\n\n```text\n%s\n```\n' "$(tail -n 8 "$1/$2.err" | sed 's/\x1b\[[0-9;]*m//g')"
}
