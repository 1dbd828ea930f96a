# ./dev bench NAME [COUNT]: measures the running local system (tests/bench says what there is).

dev_bench() {
    (($# > 0)) || die "Which one? path [COUNT] or reads [COUNT]."
    dev_up --detach
    build tests/bench/Bench.csproj
    dotnet "tests/bench/bin/$CONFIGURATION/net10.0/Bench.dll" "$@"
}
