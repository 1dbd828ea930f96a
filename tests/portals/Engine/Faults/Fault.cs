namespace Invoicing.Portals.Engine.Faults;

/// <summary>Something that a portal does wrong. Kinds are listed in <see cref="FaultKinds"/>.</summary>
/// <param name="Ticket">Only for this ticket: its id or its folio.</param>
/// <param name="Step">Only on this step of the pages: form, validate, continue, receptor, submit, result, download, recover, captcha.</param>
/// <param name="Times">How often it strikes; null until it is removed.</param>
/// <param name="Value">What the kind needs: a field for sat_reject, seconds for slow, a date for not_yet…</param>
public sealed record Fault(string Portal, string Kind, string? Ticket, string? Step, int? Times, string? Value);

/// <summary>What may be asked for on the control port.</summary>
public static class FaultKinds
{
    /// <summary>Strike before the page is reached.</summary>
    public static readonly IReadOnlySet<string> AtTheGate =
        new HashSet<string> { "maintenance", "502", "slow", "session_expired", "rate_limit", "blocked" };

    /// <summary>Strike in the merchant's answers and in the pages.</summary>
    public static readonly IReadOnlySet<string> Inside = new HashSet<string>
    {
        "sat_reject", "not_found", "not_yet", "expired", "already", "lost_response", "double_submit", "partial", "html_as_xml",
        "stale_receptor", "captcha_wrong", "captcha_expired", "layout_drift", "modal_again", "native_dialog",
        "mail_late", "mail_never", "mail_form", "mail_decoy", "password_expired", "row_rejected",
    };

    public static bool Known(string kind) => AtTheGate.Contains(kind) || Inside.Contains(kind);
}
