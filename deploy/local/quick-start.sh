# ./dev time-quick-start: how long a newcomer waits for the first CFDI. The commands are those of README's "Try it", word for word, in a fresh clone of
# this checkout's last commit, up to the one that shows the CFDI. What the machine has already (packages, NuGet's cache) makes it shorter and is told.

dev_time-quick-start() {
    local folder began line commands result=0
    commands=$(quick_start_commands README.md)
    [[ -n $commands ]] || die "README.md shows no commands under \"Try it\"."
    ! supervisor_runs || die "The local system runs, and another would want its ports: ./dev down first."
    say "  before: $(packages_here), NuGet's cache $(du -sm "${NUGET_PACKAGES:-$HOME/.nuget/packages}" 2>/dev/null | cut -f 1 || true) MB, $(nproc) processors, load $(cut -d ' ' -f 1 /proc/loadavg)"
    folder=$(mktemp -d)
    # PostgreSQL's own user must come through, as it does to a folder somebody clones into.
    chmod 711 "$folder"
    began=$EPOCHREALTIME
    git clone -q "$ROOT" "$folder/invoicing" || die "The clone failed."
    printf '%8.1f s  git clone\n' "$(since "$began")"
    while read -r line; do
        follow_command "$folder/invoicing" "$line" || { result=1; break; }
        printf '%8.1f s  %s\n' "$(since "$began")" "$line"
        if grep -qs TimbreFiscalDigital "$folder/invoicing/.run/demo/cfdi.xml"; then
            printf 'from clone to first CFDI: %.0f s, commit %s\n' "$(since "$began")" "$(git -C "$folder/invoicing" rev-parse --short=12 HEAD)"
            break
        fi
    done <<<"$commands"
    grep -qs TimbreFiscalDigital "$folder/invoicing/.run/demo/cfdi.xml" || result=1
    (cd "$folder/invoicing" && ./dev down) </dev/null >/dev/null 2>&1 || true
    ((result == 0)) || { tail -n 40 "$folder/log" >&2; rm -rf "$folder"; die "The quick start showed no CFDI."; }
    rm -rf "$folder"
}

# The first code block after the heading, without its comments.
quick_start_commands() {
    awk '/^## / { inside = ($0 == "## Try it") } inside && /^    / { found = 1; sub(/ +#.*/, ""); sub(/^ +/, ""); print; next } inside && found { exit }' "$1"
}

# $1: the clone, $2: the command, as somebody would type it there.
follow_command() { (cd "$1" && bash -c "$2") </dev/null >>"$1/../log" 2>&1; }

packages_here() {
    local name missing=()
    for name in postgresql rabbitmq-server chromium-headless-shell supervisor nodejs; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q ' installed' || missing+=("$name")
    done
    if ((${#missing[@]} == 0)); then echo "the distribution's packages are installed"; else echo "to be installed: ${missing[*]}"; fi
}
