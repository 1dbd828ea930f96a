# ./dev bench NAME [COUNT]: measures the running local system (tests/bench says what there is).

dev_bench() {
    (($# > 0)) || die "Which one? path [COUNT], reads [COUNT] or gateway [RATE]."
    if [[ $1 == gateway ]]; then
        # It brings its own processes; nginx is compared where it can be had.
        ensure_installed
        [[ -x /usr/sbin/nginx ]] || apt-get install -y -q --no-install-recommends nginx-light >/dev/null 2>&1 || warn "nginx is not installed and left out"
    else
        dev_up --detach
    fi
    build tests/bench/Bench.csproj
    dotnet "tests/bench/bin/$CONFIGURATION/net10.0/Bench.dll" "$@"
}
