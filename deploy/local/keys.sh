# Keys and passwords of this checkout's local run, made once, readable by their owner only.

ensure_keys() {
    local keys=$RUN/keys name
    umask 077
    mkdir -p "$keys/private" "$keys/public" "$keys/secrets" "$keys/artefacts" "$keys/passwords"
    for name in gateway tickets jobs billing-metrics tenant-config browser-automation; do
        ec_key "$keys/private/$name.pem"
        [[ -s $keys/public/$name.pem ]] || openssl pkey -in "$keys/private/$name.pem" -pubout -out "$keys/public/$name.pem"
    done
    ec_key "$keys/oauth-signing.pem"
    compgen -G "$keys/secrets/*.key" >/dev/null || random_base64 32 >"$keys/secrets/local-1.key"
    compgen -G "$keys/artefacts/*.key" >/dev/null || random_base64 32 >"$keys/artefacts/local-1.key"
    for name in postgres rabbitmq platform-admin; do
        [[ -s $keys/passwords/$name ]] || openssl rand -hex 24 >"$keys/passwords/$name"
    done
    # PostgreSQL's own user has to walk through, and no further.
    chmod 711 "$RUN"
    umask 022
}

ec_key() {
    [[ -s $1 ]] || openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null
}
random_base64() { openssl rand -base64 "$1" | tr -d '\n'; }
password() { cat "$RUN/keys/passwords/$1"; }
