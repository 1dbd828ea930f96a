# ./dev verify-audit: computes the audit log's chain again; ends with 1 where an entry was altered, is missing or lost its texts unasked.

dev_verify-audit() {
    local token
    token=$(platform_token)
    api GET /invoicing/v2/admin/audit/verification "$token"
    expect 200 "Verification of the audit log"
    if [[ $(jq -r .valid <<<"$BODY") == true ]]; then
        jq -r '"The audit log holds: \(.entries) entries, each follows the one before it."' <<<"$BODY"
    else
        jq -r '"The audit log is BROKEN at entry \(.first_broken); \(.entries) entries before it hold."' <<<"$BODY"
        return 1
    fi
}
