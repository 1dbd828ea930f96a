namespace Invoicing.Fiscal;

/// <summary>What <see cref="CfdiVerifier"/> found. The values are null when the file could not be read or lacks them.</summary>
public sealed record CfdiVerification
{
    /// <summary>No check is invalid. It says nothing of what stayed unverified: look at <see cref="Stamp"/> before trusting who issued it.</summary>
    public bool Valid => Checks.All(check => check.Status != CheckStatus.Invalid);

    public string? Version { get; init; }
    public string? Uuid { get; init; }
    public string? EmisorRfc { get; init; }
    public string? ReceptorRfc { get; init; }
    public decimal? Total { get; init; }

    /// <summary>Local time of the place of issue, without zone.</summary>
    public DateTime? Fecha { get; init; }

    /// <summary>The emisor's seal with the certificate inside the document: whole since it was sealed by whoever holds that certificate.</summary>
    public required CheckStatus Seal { get; init; }

    /// <summary>The PAC's timbre: valid only when its certificate is among the trusted ones, and then it also vouches for the emisor.</summary>
    public required CheckStatus Stamp { get; init; }

    public required IReadOnlyList<CfdiCheck> Checks { get; init; }
}
