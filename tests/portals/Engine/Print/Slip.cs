using System.Globalization;
using Invoicing.Portals.Engine.Ledger;

namespace Invoicing.Portals.Engine.Print;

/// <summary>Lays out thermal paper of 40 columns.</summary>
internal sealed class Slip
{
    public const int Columns = 40;
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public Slip Center(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts) _lines.Add(new string(' ', Math.Max(0, (Columns - text.Length) / 2)) + text);
        return this;
    }

    public Slip Left(string text)
    {
        _lines.Add(text);
        return this;
    }

    public Slip Pair(string left, string right)
    {
        _lines.Add(left + new string(' ', Math.Max(1, Columns - left.Length - right.Length)) + right);
        return this;
    }

    /// <summary>Groups of <paramref name="size"/> characters, as long codes are printed.</summary>
    public static string Blocks(string code, int size, char between = ' ') =>
        string.Join(between, code.Chunk(size).Select(block => new string(block)));

    public Slip Rule(char mark = '-')
    {
        _lines.Add(new string(mark, Columns));
        return this;
    }

    public Slip Blank() => Left("");

    public Slip Items(IEnumerable<TicketItem> items)
    {
        foreach (var item in items) Pair($"1 {item.Description}", Money(item.Amount));
        return this;
    }

    public static string Money(decimal amount) => amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    public static string PaymentForm(string key) => key switch
    {
        "01" => "EFECTIVO",
        "05" => "MONEDERO ELECTRONICO",
        "04" => "TARJETA DE CREDITO",
        "28" => "TARJETA DE DEBITO",
        _ => $"FORMA DE PAGO {key}",
    };
}
