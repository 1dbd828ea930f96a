# ./dev rehearse-upgrade REV [SECONDS]: the version of REV, from git, and this checkout side by side under load. docs/runbooks/upgrade.md

dev_rehearse-upgrade() {
    local rev=${1:-} seconds=${2:-60} older compiler=invoicing-$$
    [[ -n $rev ]] && git rev-parse --verify --quiet "$rev^{commit}" >/dev/null || die "./dev rehearse-upgrade REV [SECONDS], REV a commit of this repository."
    ensure_installed
    build deploy/local/run.slnf
    build tests/bench/Bench.csproj
    older=$(mktemp -d)
    trap 'stop_matching "-pipename:'"$compiler"'"; rm -rf "'"$older"'"' EXIT
    step "Building $(git rev-parse --short "$rev") in $older"
    git archive "$rev" | tar -x -C "$older"
    # The weights are the same and are not fetched twice.
    ln -s "$ROOT/models/node_modules" "$older/models/node_modules"
    (cd "$older" && dotnet build deploy/local/run.slnf -c "$CONFIGURATION" -v q -nologo -clp:NoSummary "-p:SharedCompilationId=$compiler" >&2) || die "$rev does not build."
    step "Both versions for $seconds s"
    dotnet "tests/bench/bin/$CONFIGURATION/net10.0/Bench.dll" upgrade "$older" "$seconds"
}
