# ./dev bench NAME [COUNT]: tests/bench says what there is. Only path measures the running local system.

dev_bench() {
    (($# > 0)) || die "Which one? path [COUNT], reads [COUNT], gateway [RATE], jobs [SECONDS], claim, dispatch [TENANTS] [SLOTS], browser [SECONDS] [CONTEXTS] or soak [COUNT]."
    case $1 in
        gateway)
            # It brings its own processes; nginx is compared where it can be had.
            ensure_installed
            [[ -x /usr/sbin/nginx ]] || apt-get install -y -q --no-install-recommends nginx-light >/dev/null 2>&1 || warn "nginx is not installed and left out"
            ;;
        # On servers and processes of their own.
        reads | jobs | claim | dispatch) ensure_installed ;;
        browser | soak)
            ensure_installed
            build tests/browser-bench/BrowserBench.csproj
            [[ $1 == soak ]] || shift
            dotnet "tests/browser-bench/bin/$CONFIGURATION/net10.0/BrowserBench.dll" "$@"
            return
            ;;
        *) dev_up --detach ;;
    esac
    build tests/bench/Bench.csproj
    mkdir -p "$RUN/results"
    tested_state >"$RUN/results/bench-$1.of"
    dotnet "tests/bench/bin/$CONFIGURATION/net10.0/Bench.dll" "$@" | tee "$RUN/results/bench-$1.txt"
}
