# ./dev canary and ./dev rollback: who has v2 (the flag enhanced_automation), and which version the gateway leads to. docs/runbooks/upgrade.md
# INVOICING_GATEWAY, INVOICING_TOKEN (a platform administrator's) and INVOICING_LIVE point them at another installation than the local run.

FLAG=enhanced_automation
LIVE=${INVOICING_LIVE:-$RUN/live}

# $1: the tenant that is first; --percent N: the share of all others, 0 without it.
dev_canary() {
    local pilot=${1:-} percent=0
    [[ -n $pilot && $pilot != -* ]] || die "./dev canary TENANT [--percent N]"
    if [[ ${2:-} == --percent ]]; then
        percent=${3:-}
        [[ $percent =~ ^(100|[0-9]{1,2})$ ]] || die "A percentage goes from 0 to 100."
    fi
    mkdir -p "$RUN"
    local token
    token=$(operator_token)
    # First the pilot: for a moment both have it, at no moment neither.
    set_flag "$token" "$pilot" '{"enabled":true}'
    if ((percent == 0)); then set_flag "$token" '*' '{"enabled":false}'; else set_flag "$token" '*' "{\"enabled\":true,\"rollout_percentage\":$percent}"; fi
    say "$pilot has v2; of the others $percent %. Look at the dashboards for as long as one of its batches takes, then raise the share."
}

# $@: the tenants with a flag of their own. Everybody is back at v1 behaviour and at the stable version; no data is touched.
dev_rollback() {
    mkdir -p "$RUN"
    local token tenant
    token=$(operator_token)
    set_flag "$token" '*' '{"enabled":false}'
    for tenant in "$@"; do set_flag "$token" "$tenant" '{"enabled":false}'; done
    if [[ -f $LIVE/gateway.json ]]; then
        jq 'del(.ReverseProxy)' "$LIVE/gateway.json" >"$LIVE/.gateway.json.new" && mv "$LIVE/.gateway.json.new" "$LIVE/gateway.json"
    fi
    say "Nobody has v2 and every request goes to the stable version (caches hold for up to 30 s). Programs and schema: docs/runbooks/upgrade.md."
}

operator_token() { if [[ -n ${INVOICING_TOKEN:-} ]]; then echo "$INVOICING_TOKEN"; else platform_token; fi; }

set_flag() {
    api_json PUT "/invoicing/v2/tenants/$(url_encoded "$2")/features/$FLAG" "$1" "$3"
    expect 200 "$FLAG of $2"
}
