using System.Globalization;

namespace Invoicing.Portals.Engine;

/// <summary>What a portal's clock on the wall says: central Mexico, UTC-6 all year since summer time ended in October 2022.</summary>
public static class MexicoTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(-6);

    public static DateTimeOffset ToMexico(this DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>Midnight that ends the month of the instant, in Mexico.</summary>
    public static DateTimeOffset EndOfMonth(this DateTimeOffset instant)
    {
        var local = instant.ToMexico();
        return new DateTimeOffset(local.Year, local.Month, 1, 0, 0, 0, Offset).AddMonths(1).AddSeconds(-1);
    }

    /// <summary>dd/MM/yyyy, as tickets and portals print it.</summary>
    public static string Day(this DateTimeOffset instant) => instant.ToMexico().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>dd/MM/yyyy HH:mm.</summary>
    public static string Minute(this DateTimeOffset instant) => instant.ToMexico().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>yyyy-MM-ddTHH:mm:ss without a zone, as a CFDI carries it.</summary>
    public static string Cfdi(this DateTimeOffset instant) => instant.ToMexico().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
