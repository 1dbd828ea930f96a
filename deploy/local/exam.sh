# ./dev exam [--portal P4,P7] [--tickets N] [--drift NAME|all] [--without-knowledge-of P4] [--second-pass] [--lanes N]:
# the portal engine with real Chromium against the simulated portals of tests/portals, marked by their own books. Nothing else is started.

dev_exam() {
    ensure_installed
    build tests/exam/Exam.csproj
    dotnet "tests/exam/bin/$CONFIGURATION/net10.0/Exam.dll" "$@"
}
