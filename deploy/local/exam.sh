# ./dev exam [--portal P4,P7] [--tickets N] [--drift NAME|all] [--without-knowledge-of P4] [--second-pass] [--lanes N] [--spans]:
# the portal engine with real Chromium against the simulated portals of tests/portals, marked by their own books. Nothing else is started.
# Ctrl-C or SIGTERM ends it within seconds; it prints what it has so far.

dev_exam() {
    ensure_installed
    build tests/exam/Exam.csproj
    # In this process's place: a signal to it reaches the exam.
    exec dotnet "tests/exam/bin/$CONFIGURATION/net10.0/Exam.dll" "$@"
}
