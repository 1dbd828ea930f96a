namespace Invoicing.Fiscal;

/// <summary>What the invoice must match; what is null is not compared.</summary>
public sealed record CfdiExpectation
{
    /// <summary>Compared normalised.</summary>
    public string? ReceptorRfc { get; init; }

    public string? ReceptorRegimen { get; init; }
    public string? ReceptorCodigoPostal { get; init; }

    /// <summary>A difference is a warning: the invoice is good, its use is not the one asked for.</summary>
    public string? UsoCfdi { get; init; }

    public string? EmisorRfc { get; init; }

    /// <summary>Pesos; must agree to the cent.</summary>
    public decimal? Total { get; init; }

    /// <summary>Day of the purchase on the ticket. The invoice is often issued later, never much earlier.</summary>
    public DateOnly? Compra { get; init; }
}
