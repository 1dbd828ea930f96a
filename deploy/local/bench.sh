# ./dev bench NAME [COUNT]: tests/bench says what there is. Only path measures the running local system.

dev_bench() {
    (($# > 0)) || die "Which one? path [COUNT], reads [COUNT], bulk, gateway [RATE], jobs [SECONDS], claim, dispatch [TENANTS] [SLOTS], browser [SECONDS] [CONTEXTS], soak [COUNT], ocr [COUNT|FOLDER] or all [NAME…]."
    case $1 in
        all)
            bench_all "${@:2}"
            return
            ;;
        ocr)
            bench_ocr "${@:2}"
            return
            ;;
        gateway)
            # It brings its own processes; nginx is compared where it can be had.
            ensure_installed
            [[ -x /usr/sbin/nginx ]] || apt-get install -y -q --no-install-recommends nginx-light >/dev/null 2>&1 || warn "nginx is not installed and left out"
            ;;
        # On servers and processes of their own.
        reads | bulk | claim | dispatch) ensure_installed ;;
        jobs)
            ensure_installed
            # The engine runs in the benchmark's process: there too threads do not spin and memory is collected as in the service's own (decision 0010).
            export DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0 DOTNET_gcServer=1
            ;;
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

# Printed tickets, or a folder of pictures with their truth, read on one core; Debian's Tesseract reads the same ones beside it on another.
bench_ocr() {
    ensure_installed
    local packages=()
    [[ -x /usr/bin/tesseract ]] || packages+=(tesseract-ocr tesseract-ocr-spa)
    # What tills print looks like these; with fewer faces installed the pictures are others.
    [[ -e /usr/share/fonts/truetype/hack/Hack-Regular.ttf ]] || packages+=(fonts-liberation fonts-freefont-ttf fonts-hack fonts-inconsolata fonts-anonymous-pro fonts-3270 fonts-ocr-b fonts-b612 fonts-courier-prime fonts-noto-mono)
    ((${#packages[@]} == 0)) || apt_install "${packages[@]}"
    build tests/ocr-bench/OcrBench.csproj
    dotnet "tests/ocr-bench/bin/$CONFIGURATION/net10.0/linux-x64/OcrBench.dll" "$@"
}
