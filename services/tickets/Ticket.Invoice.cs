namespace Invoicing.Tickets;

// The ticket's CFDI.
public sealed partial class Ticket
{
    /// <summary>pendiente, descargando, completa, fallida, no_disponible or validando: the words of v1.</summary>
    public string InvoiceStatus { get; private set; } = "pendiente";

    public string? InvoiceUuid { get; private set; }
    public string? InvoicePdfPath { get; private set; }
    public string? InvoiceXmlPath { get; private set; }
    public string? InvoiceFailureReason { get; private set; }
    public InvoiceData? InvoiceData { get; private set; }

    /// <summary>
    /// A verified CFDI belongs to the ticket. With an open job the job tells the end (it hears of the CFDI); otherwise the ticket is complete now.
    /// </summary>
    public void Attach(CfdiDocument cfdi, DateTimeOffset now)
    {
        InvoiceStatus = "completa";
        InvoiceUuid = cfdi.Uuid;
        InvoiceXmlPath = $"/invoicing/v2/tickets/{Id}/invoice.xml";
        InvoicePdfPath = cfdi.PdfKey is null ? null : $"/invoicing/v2/tickets/{Id}/invoice.pdf";
        InvoiceFailureReason = null;
        InvoiceData = new InvoiceData(cfdi.Uuid, cfdi.EmisorRfc, cfdi.ReceptorRfc, cfdi.Total, cfdi.Fecha);
        UpdatedAt = now;
        if (!HasOpenJob)
        {
            (Outcome, OutcomeDetail) = ("entregada", null);
            AutomationStatus = Tickets.AutomationStatus.Completado;
            Turn(Estado.completado, now);
        }
    }

    /// <summary>The PDF came later than the XML.</summary>
    public void AttachPdf(DateTimeOffset now)
    {
        InvoicePdfPath = $"/invoicing/v2/tickets/{Id}/invoice.pdf";
        UpdatedAt = now;
    }

    /// <summary>A file was delivered and is not this ticket's CFDI. The state stays: whoever delivered decides what follows.</summary>
    public void RefuseInvoice(string reason, DateTimeOffset now)
    {
        if (InvoiceUuid is null)
        {
            InvoiceFailureReason = reason;
            UpdatedAt = now;
        }
    }
}

/// <summary>What v1 clients find under invoice_data.</summary>
public sealed record InvoiceData(string Uuid, string EmisorRfc, string ReceptorRfc, decimal Total, DateTime Fecha);
