# ./dev demo: the photograph of a fresh purchase at Simple Portal becomes a verified CFDI.

DEMO_LIMIT=240

dev_demo() {
    dev_up --detach
    local key sale ticket job folder=$RUN/demo
    key=$(jq -er '.tenants.default.operator.api_key' "$CREDENTIALS") || die "$CREDENTIALS has no key for the demo."
    rm -rf "$folder" && mkdir -p "$folder"

    step "A purchase at Simple Portal"
    sale=$(curl -sSf -m 10 -H 'Content-Type: application/json' -d '{"portal":"simple"}' "$PORTALS_CONTROL/_control/tickets") || die "The portals sold nothing."
    curl -sSf -m 20 -o "$folder/ticket.jpg" "$PORTALS_CONTROL$(jq -r .image <<<"$sale")" || die "The ticket could not be photographed."
    jq -r .text <<<"$sale" | sed 's/^/    /'

    step "The photograph goes to POST /invoicing/v2/tickets"
    api POST /invoicing/v2/tickets "$key" -F "file=@$folder/ticket.jpg;type=image/jpeg" -F tipo=imagen
    expect 200 "The ticket"
    ticket=$(jq -er .id <<<"$BODY") && job=$(jq -er '.automation_job_id // .job_id' <<<"$BODY") || die "The answer names no ticket and job: ${BODY:0:300}"
    say "  ticket $ticket, job $job"

    step "GET /invoicing/v2/jobs/$job/stream"
    follow "$job" "$key"
    show_result "$ticket" "$job" "$key" "$folder"
}

# Prints the job's events as they come; sets FINAL to the last job, TIMELINE to "seconds status" lines. Resumes a broken stream.
follow() {
    local began=$EPOCHREALTIME deadline=$((SECONDS + DEMO_LIMIT)) event="" id="" line before=""
    FINAL='{}' TIMELINE=""
    while ((SECONDS < deadline)); do
        while IFS= read -r -t "$DEMO_LIMIT" line; do
            line=${line%$'\r'}
            case $line in
                'event: '*) event=${line#event: } ;;
                'id: '*) id=${line#id: } ;;
                'data: '*)
                    # Each change comes twice, the second time without a name: for clients that listen to messages.
                    [[ -n $event ]] || continue
                    FINAL=${line#data: }
                    print_event "$began"
                    ;;
                '')
                    [[ $event != complete ]] || return 0
                    event=""
                    ;;
            esac
            [[ $(jq -r '.status // ""' <<<"$FINAL") != requiere_intervencion ]] || return 0
        done < <(curl -sN -m "$DEMO_LIMIT" -H "Authorization: Bearer $2" ${id:+-H "Last-Event-ID: $id"} "$GATEWAY/invoicing/v2/jobs/$1/stream")
        ! jq -e '.status // "" | IN("completado", "fallido", "timeout", "cancelado")' <<<"$FINAL" >/dev/null || return 0
        sleep 1
    done
    warn "Nothing final within $DEMO_LIMIT s."
}

# Uses FINAL and before of follow.
print_event() {
    local seconds status text
    seconds=$(since "$1")
    status=$(jq -r '.status // "?"' <<<"$FINAL")
    text=$(jq -r '(.step.description // .human_explanation // .outcome_detail // "") | gsub("\n"; " ")' <<<"$FINAL")
    printf '  %6s s  %-22s %3s%%  %s\n' "$seconds" "$status" "$(jq -r '.progress_percentage // 0' <<<"$FINAL")" "$text"
    [[ $status == "$before" ]] || TIMELINE+="$seconds $status"$'\n'
    before=$status
}

# $1: ticket, $2: job, $3: key, $4: folder. Ends the command with 1 unless the job is completado with a CFDI whose UUID is known.
show_result() {
    local status uuid kind
    status=$(jq -r '.status // "?"' <<<"$FINAL")
    step "Seconds per stage"
    awk 'NF { if (name) printf "  %-22s %6.1f\n", name, $1 - start; name = $2; start = $1 }' <<<"$TIMELINE"
    if [[ $status != completado ]]; then
        jq -r '"  outcome: \(.outcome // "none")  \(.outcome_detail // .intervention_instructions // .error_message // "")"' <<<"$FINAL" >&2
        die "The job ended as $status."
    fi
    api GET "/invoicing/v2/tickets/$1" "$3"
    expect 200 "Ticket $1"
    jq . <<<"$BODY" >"$4/ticket.json"
    uuid=$(jq -er .invoice.uuid <<<"$BODY") || die "The ticket says completado and names no invoice."
    for kind in xml pdf; do
        local url
        url=$(jq -r ".invoice.${kind}_url // \"\"" <<<"$BODY")
        [[ -n $url ]] || { warn "no $kind"; continue; }
        curl -sSf -m 20 -H "Authorization: Bearer $3" -o "$4/cfdi.$kind" "$GATEWAY${url#"$GATEWAY"}" || die "The $kind could not be fetched from $url."
    done
    [[ -s $4/cfdi.xml ]] || die "There is no XML."
    grep -qi "$uuid" "$4/cfdi.xml" || die "The XML does not carry the UUID $uuid."
    step "CFDI $uuid"
    jq -r '.invoice | "  emisor \(.emisor_rfc)  receptor \(.receptor_rfc)  total \(.total)  valid \(.validation.valid)"' <<<"$BODY"
    say "  .run/demo: $(cd "$4" && printf '%s ' *)"
}
