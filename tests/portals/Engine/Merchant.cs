namespace Invoicing.Portals.Engine;

/// <summary>A simulated merchant. Its RFC and legal name are a SAT test taxpayer's; the brand is invented.</summary>
/// <param name="Portal">Key used on the control port and in faults, e.g. <c>oxxo-test</c>.</param>
/// <param name="AvailableAfter">How long after the purchase the portal first knows the ticket.</param>
/// <param name="Window">How long after the purchase the portal still invoices it.</param>
public sealed record Merchant(
    string Portal,
    string Brand,
    string Rfc,
    string LegalName,
    string Regimen,
    string PostalCode,
    string Address,
    string Serie,
    TimeSpan AvailableAfter,
    TimeSpan Window)
{
    /// <summary>Last moment for a purchase where the window follows the calendar instead of <see cref="Window"/>.</summary>
    public Func<DateTimeOffset, DateTimeOffset>? Closes { get; init; }

    /// <summary>SAT payment forms that its tills take.</summary>
    public IReadOnlyList<string> PaymentForms { get; init; } = ["01", "04", "28"];

    public DateTimeOffset DeadlineOf(DateTimeOffset purchase) => Closes?.Invoke(purchase) ?? purchase + Window;
}
