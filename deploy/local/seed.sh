# Demo data, through the public API as any client would; what is there already stays as it is.

CREDENTIALS=$RUN/credentials.json

# $1: method, $2: path, $3: bearer token or "", rest: curl's arguments. Sets STATUS and BODY; headers are in $RUN/answer.headers.
api() {
    local method=$1 path=$2 token=$3
    shift 3
    local authorization=()
    [[ -z $token ]] || authorization=(-H "Authorization: Bearer $token")
    STATUS=$(curl -sS -m 120 -o "$RUN/answer.body" -D "$RUN/answer.headers" -w '%{http_code}' -X "$method" "${authorization[@]}" "$@" "$GATEWAY$path") || STATUS=000
    BODY=$(cat "$RUN/answer.body" 2>/dev/null || true)
}
api_json() { api "$1" "$2" "$3" -H 'Content-Type: application/json' --data-binary "$4" "${@:5}"; }
expect() { [[ $STATUS =~ ^($1)$ ]] || die "$2: the API answered $STATUS: ${BODY:0:400}"; }
etag() { sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' "$RUN/answer.headers" | tr -d '\r' | tail -n 1; }
url_encoded() { jq -rn --arg text "$1" '$text | @uri'; }

dev_seed() {
    ensure_installed
    ensure_keys
    case "$*" in
        '') seed ;;
        '--env staging') seed_staging ;;
        *) die "./dev seed [--env staging]" ;;
    esac
}

# A masked copy (./dev clone-staging) has no keys and no open work: keys for the demo tenants, and tickets that stay where they are.
seed_staging() {
    step "Test data for staging"
    local admin row key company ticket
    admin=$(platform_token)
    while read -r row; do
        seed_tenant "$admin" "$row"
    done < <(jq -c '.[]' deploy/local/tenants.json)
    write_credentials "$admin"
    for company in $(jq -r '.[].company_id' deploy/local/tenants.json); do
        key=$(jq -r --arg company "$company" '.tenants[$company].operator.api_key' "$CREDENTIALS")
        for ticket in 1 2 3; do
            api_json POST /invoicing/v2/tickets "$key" "$(jq -n --arg n "$ticket" --arg company "$company" \
                '{tipo: "texto", auto_process: false, raw_data: "TIENDA DE PRUEBA\nFOLIO: STG-\($n)\nTOTAL: \($n)16.00"}')" -H "Idempotency-Key: staging-$company-$ticket"
            expect 200 "Test ticket $ticket of $company"
        done
    done
    rm -f "$RUN/answer.body" "$RUN/answer.headers"
}

seed() {
    step "Demo data"
    local admin row
    admin=$(platform_token)
    while read -r row; do
        seed_tenant "$admin" "$row"
    done < <(jq -c '.[]' deploy/local/tenants.json)
    write_credentials "$admin"
    seed_merchants "$admin"
    trust_simulated_pac "$admin"
    rm -f "$RUN/answer.body" "$RUN/answer.headers"
}

platform_token() {
    api POST /connect/token "" --data-urlencode grant_type=client_credentials --data-urlencode client_id=platform-admin \
        --data-urlencode "client_secret=$(password platform-admin)"
    expect 200 "The platform administrator's token"
    jq -er .access_token <<<"$BODY" || die "The token answer has no access_token: $BODY"
}

# $1: token, $2: a row of tenants.json.
seed_tenant() {
    local company limits profile
    company=$(jq -r .company_id <<<"$2")
    limits=$(jq -c '.limits // {}' <<<"$2")
    api GET "/invoicing/v2/tenants/$company" "$1"
    expect '200|404' "Tenant $company"
    if [[ $STATUS == 404 ]]; then
        api_json PUT "/invoicing/v2/tenants/$company" "$1" "$limits"
        expect 200 "Creating tenant $company"
    elif [[ $(jq --argjson want "$limits" '. as $have | $want | to_entries | all($have[.key] == .value)' <<<"$BODY") != true ]]; then
        api_json PUT "/invoicing/v2/tenants/$company" "$1" "$limits" -H "If-Match: $(etag)"
        expect 200 "Limits of tenant $company"
    fi
    profile=$(jq -c .fiscal_profile <<<"$2")
    api GET "/invoicing/v2/tenants/$company/fiscal-profiles" "$1"
    expect 200 "Fiscal profiles of $company"
    if [[ $(jq --argjson want "$profile" 'any(.[]; .rfc == $want.rfc)' <<<"$BODY") != true ]]; then
        api_json POST "/invoicing/v2/tenants/$company/fiscal-profiles" "$1" "$profile"
        expect 200 "Fiscal profile of $company"
    fi
}

# Keys that still work are kept: a secret is shown once, so a lost one is replaced.
write_credentials() {
    local company role key known result
    known=$(cat "$CREDENTIALS" 2>/dev/null || echo '{}')
    result=$(jq -n --arg secret "$(password platform-admin)" '{platform_admin: {client_id: "platform-admin", client_secret: $secret}, tenants: {}}')
    for company in $(jq -r '.[].company_id' deploy/local/tenants.json); do
        for role in admin operator viewer; do
            key=$(jq -r --arg company "$company" --arg role "$role" '.tenants[$company][$role].api_key // ""' <<<"$known")
            key_works "$key" || key=$(new_key "$1" "$company" "$role")
            result=$(jq --arg company "$company" --arg role "$role" --arg key "$key" '.tenants[$company][$role].api_key = $key' <<<"$result")
        done
    done
    (umask 077 && printf '%s\n' "$result" >"$CREDENTIALS.new" && mv "$CREDENTIALS.new" "$CREDENTIALS")
}

key_works() {
    [[ -n $1 ]] || return 1
    api GET '/invoicing/v2/tickets?limit=1' "$1"
    # Only 401 says that the key is bad; anything else is not the key's fault.
    [[ $STATUS != 401 ]]
}

# $1: token, $2: tenant, $3: role. Takes earlier keys of this name out of use first.
new_key() {
    local id
    api GET "/invoicing/v2/tenants/$2/api-keys" "$1"
    expect 200 "API keys of $2"
    for id in $(jq -r --arg name "local-$3" '.[] | select(.name == $name and (.revoked_at // null) == null) | .id' <<<"$BODY"); do
        api DELETE "/invoicing/v2/tenants/$2/api-keys/$id" "$1"
        expect '204|404' "Retiring API key $id of $2"
    done
    api_json POST "/invoicing/v2/tenants/$2/api-keys" "$1" "$(jq -n --arg name "local-$3" --arg role "$3" '{$name, $role}')"
    expect 200 "API key $3 of $2"
    jq -er .key <<<"$BODY" || die "The API key's answer has no key."
}

seed_merchants() {
    local row name known
    api GET /invoicing/merchants "$1"
    expect 200 "Merchants"
    known=$BODY
    while read -r row; do
        name=$(jq -r .nombre <<<"$row")
        [[ $(jq --arg name "$name" 'any(.[]; .nombre == $name)' <<<"$known") != true ]] || continue
        api_json POST /invoicing/merchants "$1" "$row"
        expect 200 "Merchant $name"
    done < <(jq -c '.[]' deploy/local/merchants.json)
}

trust_simulated_pac() {
    curl -sf -m 10 -o "$RUN/pac.pem" "$PORTALS_CONTROL/_control/pac-certificate" || die "The portals did not give their PAC's certificate."
    api POST /invoicing/v2/admin/pac-certificates "$1" -H 'Content-Type: application/x-pem-file' --data-binary "@$RUN/pac.pem"
    expect '200|409' "Trusting the simulated PAC"
    rm -f "$RUN/pac.pem"
}
