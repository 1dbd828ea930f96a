using Invoicing.Fiscal;

namespace Invoicing.Tickets;

/// <summary>A verified CFDI 4.0 that belongs to a ticket. Once a tenant and once a ticket, for ever.</summary>
public sealed class CfdiDocument
{
    public long Id { get; private set; }
    public required string CompanyId { get; init; }
    public required long TicketId { get; init; }

    /// <summary>Upper case, 36 characters.</summary>
    public required string Uuid { get; init; }

    public required string EmisorRfc { get; init; }
    public required string ReceptorRfc { get; init; }
    public required decimal Total { get; init; }

    /// <summary>Local time of the place of issue, without zone.</summary>
    public required DateTime Fecha { get; init; }

    /// <summary>Artefact key of the original bytes.</summary>
    public required string XmlKey { get; init; }

    public string? PdfKey { get; private set; }

    /// <summary>portal, mail or upload.</summary>
    public required string Source { get; init; }

    public required IReadOnlyList<CfdiCheck> Checks { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }

    public void AddPdf(string key) => PdfKey ??= key;
}

/// <summary>A file that was delivered for a ticket's invoice, good or not.</summary>
public sealed class InvoiceAttachment
{
    public long Id { get; private set; }
    public required string CompanyId { get; init; }
    public required long TicketId { get; init; }

    /// <summary>pdf or xml.</summary>
    public required string FileType { get; init; }

    public required string ArtefactKey { get; init; }
    public required long FileSize { get; init; }
    public required bool IsValid { get; init; }

    /// <summary>Spanish sentence.</summary>
    public required string Message { get; init; }

    public required string? Uuid { get; init; }
    public required IReadOnlyList<CfdiCheck> Checks { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }

    public static InvoiceAttachment Of(
        Ticket ticket, string type, string key, long size, bool valid, string message, CfdiVerification? cfdi, DateTimeOffset now) => new()
    {
        CompanyId = ticket.CompanyId,
        TicketId = ticket.Id,
        FileType = type,
        ArtefactKey = key,
        FileSize = size,
        IsValid = valid,
        Message = message,
        Uuid = cfdi?.Uuid,
        Checks = cfdi?.Checks ?? [],
        UploadedAt = now,
    };
}
