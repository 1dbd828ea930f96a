# ./dev go-no-go [FOLDER]: reads what `./dev test` and `./dev bench` left (.run/results unless another folder is named) and says GO or NO-GO. Nothing
# is run and nothing assumed: what was not run, or was run on another state of the code, is a NO. FOLDER/baseline holds the results of the release before.

dev_go-no-go() {
    local results=${1:-$RUN/results} gates=0
    [[ -d $results ]] || die "$results is not there: ./dev test and ./dev bench reads make it."
    printf '%-12s %-8s %s\n' gate verdict why
    gate "v1 contract" v1_contract "$results" || gates=1
    gate "regression" regression "$results" || gates=1
    gate "security" security_suite "$results" || gates=1
    gate "rollback" rollback_rehearsed "$results" || gates=1
    gate "flags" flags_tested "$results" || gates=1
    if ((gates == 0)); then echo GO; else echo NO-GO; fi
    return $gates
}

# $1: name, $2: function that prints why and returns its verdict.
gate() {
    local why verdict=yes
    why=$("$2" "$3") || verdict=NO
    why=${why//$'\n'/ }
    printf '%-12s %-8s %s\n' "$1" "$verdict" "$why"
    [[ $verdict == yes ]]
}

v1_contract() { all_passed "$1" contract 'Contract\.Tests\.(V1|OriginalTests|DocumentTests|CoverageTests)'; }
security_suite() {
    all_passed "$1" contract 'Contract\.Tests\.(HostileTests|PermissionTests|TenantTests|TenantWallTests)' &&
        all_passed "$1" browser-automation 'Tests\.(SsrfTests|PromptInjectionTests|SecretsTests|EgressProxyTests)'
}
rollback_rehearsed() { all_passed "$1" gateway 'RolloutTests\.' && all_passed "$1" jobs 'MigrationTests\.'; }
flags_tested() { all_passed "$1" tenant-config 'FeatureTests\.'; }

# $1: results, $2: project, $3: which of its tests. Every one passed, there were some, and they ran on this state of the code.
all_passed() {
    local trx=$1/$2.trx passed failed
    of_this_state "$1/$2" || return 1
    [[ -s $trx ]] || { echo "tests/$2 was not run; "; return 1; }
    passed=$(outcomes "$trx" "$3" | grep -c '^Passed$' || true)
    failed=$(outcomes "$trx" "$3" | grep -vc '^Passed$' || true)
    echo "$2: $passed passed, $failed not; "
    ((passed > 0 && failed == 0))
}

# The outcome of each test whose class matches. Explicit tests that were not asked for are NotExecuted and left out.
outcomes() {
    grep -o '<UnitTestResult [^>]*' "$1" | sed -n 's/.*testId="\([^"]*\)".*outcome="\([^"]*\)".*/\1 \2/p' | sort >"$1.outcomes"
    # The definition names the class, the result only the test.
    tr '\n' ' ' <"$1" | grep -o '<UnitTest [^>]*>\|<TestMethod [^>]*>' |
        sed -n 's/.*<UnitTest .*id="\([^"]*\)".*/\1/p; s/.*className="\([^"]*\)".*/\1./p' | paste -d ' ' - - | sort >"$1.classes"
    join "$1.outcomes" "$1.classes" | awk -v pattern="$2" '$3 ~ pattern && $2 != "NotExecuted" { print $2 }'
    rm -f "$1.outcomes" "$1.classes"
}

of_this_state() {
    local of
    of=$(cat "$1.of" 2>/dev/null) || { echo "${1##*/} was not run; "; return 1; }
    [[ $of == "$(tested_state)" && $of != *-dirty ]] && return
    echo "${1##*/} is of ${of:0:12}${of##*[0-9a-f]}, the code is $(tested_state | cut -c 1-12); "
    return 1
}

# v1 reads through the gateway, median, beside the release before: less than 10 % slower.
regression() {
    local now before
    of_this_state "$1/bench-reads" || return 1
    now=$(median_read "$1/bench-reads.txt") before=$(median_read "$1/baseline/bench-reads.txt")
    [[ -n $now && -n $before ]] || { echo "no ./dev bench reads of this or (under baseline/) of the release before"; return 1; }
    awk -v now="$now" -v before="$before" 'BEGIN { change = (now / before - 1) * 100; printf "v1 read p50 %s ms, before %s ms: %+.1f %%", now, before, change; exit !(change < 10) }'
}
median_read() { sed -n 's/^through the gateway *p50 \([0-9.]*\).*/\1/p' "$1" 2>/dev/null | tail -n 1; }
