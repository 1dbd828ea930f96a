namespace Invoicing.BrowserAutomation.Engine;

/// <summary>The point of no return: what was pressed, and what the portal said to it.</summary>
public sealed partial class History
{
    /// <summary>What emits was pressed, and the portal has not said that it refused.</summary>
    public bool EmitPressed { get; private set; }

    public DateTimeOffset? EmitPressedAt { get; private set; }

    /// <summary>The first press of this attempt that could emit, whatever the portal said to it.</summary>
    public DateTimeOffset? FirstEmitAt { get; private set; }

    /// <summary>The portal answered our own emitting press with "ya facturado": somebody was earlier, or the browser repeated a request whose answer was lost.</summary>
    public bool SaidInvoicedToPress { get; private set; }

    /// <summary>The portal called the ticket invoiced before anything that emits was pressed.</summary>
    public bool SaidInvoicedBefore { get; private set; }
    public string? EmitSignature { get; private set; }

    /// <summary>The portal said "ya facturado".</summary>
    public bool SaidInvoiced { get; private set; }

    /// <summary>The portal said that the invoice was made, or is on its way.</summary>
    public bool SaidSuccess { get; set; }

    /// <summary>Codes of the ticket that stood on the page when what emits was pressed.</summary>
    public IReadOnlyList<string> ShownAtEmit { get; private set; } = [];

    /// <summary>A native dialog was answered with a yes that may have issued the invoice.</summary>
    public void ConfirmedEmission(DateTimeOffset now)
    {
        EmitPressed = true;
        EmitPressedAt = now;
        FirstEmitAt ??= now;
    }

    /// <summary>What the portal said of the invoice that exists, normalised.</summary>
    public string ToldOfInvoice { get; private set; } = "";

    /// <summary>"Ya facturado", outside of a consultation.</summary>
    /// <param name="text">May name the way to the invoice: "Búsquela en Reimpresión".</param>
    public void HeardInvoiced(string text)
    {
        SaidInvoiced = true;
        ToldOfInvoice = Words.Normalise(text);
        if (Consulting)
        {
            return;
        }

        SaidInvoicedToPress |= FirstEmitAt is not null;
        SaidInvoicedBefore |= FirstEmitAt is null;
        RefuteEmission();
    }

    /// <summary>The portal refused the emission in words: nothing was issued by that press.</summary>
    public void RefuteEmission()
    {
        EmitPressed = false;
        EmitPressedAt = null;
    }

    private void EmittingPress(Snapshot before, DateTimeOffset now)
    {
        EmitPressed = true;
        EmitPressedAt = now;
        FirstEmitAt ??= now;
        EmitSignature = before.Signature;
        ShownAtEmit = [.. Typed.Ticket.Values.Select(Words.Code).Where(c => c.Length >= 4 && Shows(before, c)).Distinct()];
    }

    /// <summary>The code stands in a field or in a line of the page.</summary>
    public static bool Shows(Snapshot page, string code) =>
        page.Fields.Any(f => Words.Code(f.Value) == code) || page.Lines.Any(l => Words.Code(l).Contains(code, StringComparison.Ordinal));
}
