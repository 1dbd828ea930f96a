namespace Invoicing.Tickets;

/// <summary>A certificate whose holder may stamp CFDIs; trusted because the platform's operator put it here.</summary>
public sealed class PacCertificate
{
    /// <summary>20 digits, as the timbre names it.</summary>
    public required string Serial { get; init; }

    public required string Subject { get; init; }
    public required DateTimeOffset NotAfter { get; init; }
    public required byte[] Der { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}
