# ./dev import-legacy FILE.db: the replaced system's tickets, merchants and jobs, into the running local system.

dev_import-legacy() {
    [[ $# -eq 1 && -f $1 ]] || die "./dev import-legacy FILE.db"
    dev_up --detach
    build deploy/import/Import.csproj
    local server="Host=127.0.0.1;Port=$POSTGRES_PORT;Username=postgres;Password=$(password postgres)"
    ConnectionStrings__tickets="$server;Database=tickets" ConnectionStrings__jobs="$server;Database=jobs" \
        dotnet "deploy/import/bin/$CONFIGURATION/net10.0/linux-x64/LegacyImport.dll" "$1"
}
