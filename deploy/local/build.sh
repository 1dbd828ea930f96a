# One configuration, built once; nothing is built when no source file changed.

source_fingerprint() {
    find . \( -name bin -o -name obj -o -name .git -o -name .run -o -name node_modules -o -name TestResults -o -name docs \) -prune \
        -o -type f ! -name '*.md' ! -name '*.sh' -printf '%P %s %T@\n' | LC_ALL=C sort | sha256sum | cut -d ' ' -f 1
}

# $1: solution or filter. Its name is the stamp's.
build() {
    local target=$1 stamp began compiler
    stamp=$RUN/$(basename "$target").built
    mkdir -p "$RUN"
    local sources
    sources=$(source_fingerprint)
    [[ $(cat "$stamp" 2>/dev/null) == "$sources" ]] && return
    step "Building $(basename "$target") ($CONFIGURATION)"
    began=$(now)
    # A compiler server of our own, so that ending it cannot end somebody else's.
    compiler=invoicing-$$
    local result=0
    dotnet build "$target" -c "$CONFIGURATION" -v q -nologo -clp:NoSummary -p:UseSharedCompilation=true "-p:SharedCompilationId=$compiler" >&2 || result=$?
    stop_matching "-pipename:$compiler"
    [[ $result -eq 0 ]] || die "The build failed."
    echo "$sources" >"$stamp"
    say "  built in $(since "$began") s"
}

# Ends the processes of this user with exactly this argument.
stop_matching() {
    local pid
    for pid in $(grep -lzxF -- "$1" /proc/[0-9]*/cmdline 2>/dev/null | cut -d / -f 3); do
        kill "$pid" 2>/dev/null || true
    done
}

# The folder of a project's build output, by its assembly's name.
output_of() {
    local project
    project=$(find gateway services tests/portals -maxdepth 2 -name "${1%.dll}.csproj" -print -quit)
    [[ -n $project ]] || return 1
    find "$(dirname "$project")/bin/$CONFIGURATION" -name "${1%.dll}.runtimeconfig.json" -printf '%T@ %h\n' 2>/dev/null | sort -rn | head -n 1 | cut -d ' ' -f 2-
}

# Processes run from a copy: a build beside a running system must not overwrite the files it has mapped.
# $1 name, $2 dll. True when the copy changed.
stage() {
    local from to=$RUN/bin/$1 print
    from=$(output_of "$2")
    [[ -n $from ]] || die "$2 was not built."
    print=$(find "$from" -type f -printf '%P %s %T@\n' | LC_ALL=C sort | sha256sum)
    [[ $(cat "$to.fingerprint" 2>/dev/null) == "$print" && -d $to ]] && return 1
    rm -rf "$to.new" && mkdir -p "$RUN/bin" && cp -a "$from" "$to.new"
    rm -rf "$to" && mv "$to.new" "$to"
    echo "$print" >"$to.fingerprint"
}
