using System.Globalization;

namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>The passages of the <see cref="FreshLayouts"/>, worded and set apart from those of <see cref="SlipParts"/>.</summary>
internal static class FreshParts
{
    private static readonly string[] Months = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];
    private static readonly string[] Days = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"];

    /// <summary>Digits with the zeros in front that tills fill a number up with.</summary>
    public static string Number(this Purchase p, int count) => p.Digits(Math.Max(1, count - p.Of(0, 0, 2, 3))).PadLeft(count, '0');

    public static string Day(this Purchase p, DateTime when)
    {
        var (month, day) = (Months[when.Month - 1], Days[(int)when.DayOfWeek]);
        return p.Random.Next(10) switch
        {
            0 => $"{Title(day)[..3]} {when.Day:00} {Title(month)[..3]} {when.Year}",
            1 => when.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture),
            2 => when.ToString("dd-MM-yy", CultureInfo.InvariantCulture),
            3 => $"{when.Day} de {month} de {when.Year}",
            4 => $"{Title(day)} {when.Day} de {Title(month)} del {when.Year}",
            5 => $"{when.Day:00}/{month[..3].ToUpperInvariant()}/{when.Year % 100:00}",
            6 => $"{Title(month)[..3]} {when.Day:00}, {when.Year}",
            7 => when.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => when.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        };
    }

    public static string Moment(this Purchase p, DateTime when) => p.Day(when) + p.Of("  ", " ", " - ") + p.Hour(when);

    public static string Hour(this Purchase p, DateTime when) => p.Random.Next(4) switch
    {
        0 => when.ToString("HH:mm", CultureInfo.InvariantCulture) + p.Of(" hrs", " hrs.", "h"),
        1 => when.ToString("hh:mm ", CultureInfo.InvariantCulture) + (when.Hour < 12 ? p.Of("a.m.", "AM") : p.Of("p.m.", "PM")),
        _ => when.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
    };

    public static string Pesos(this Purchase p, decimal amount)
    {
        var plain = amount.ToString("#,##0.00", CultureInfo.InvariantCulture);
        return p.Of(plain, "$" + plain, "$" + plain, "$ " + plain, $"${plain} MXN", "MXN " + plain, "*" + plain);
    }

    /// <summary>Label and amount in one row where they fit, the amount in the next row at the right margin where not.</summary>
    public static Slip Row(this Slip slip, string label, string value, float scale = 1, bool bold = false)
    {
        var width = (int)(slip.Columns / scale);
        return label.Length + value.Length < width ? slip.Pair(label, value, scale, bold) : slip.Left(label, scale, bold).Left(value.PadLeft(width), scale, bold);
    }

    /// <summary>The issuer's RFC as slips print it: labelled, in three parts, glued to its label, or bare behind the name.</summary>
    public static string Taxpayer(this Purchase p)
    {
        var name = p.Rfc.Length - 9;
        var parted = $"{p.Rfc[..name]}-{p.Rfc[name..(name + 6)]}-{p.Rfc[(name + 6)..]}";
        return p.Of("R.F.C.: " + p.Rfc, "R.F.C. " + p.Rfc, "RFC:" + p.Rfc, "RFC " + p.Rfc, "R.F.C. " + parted, "Reg. Fed. Contrib. " + p.Rfc, "RFC emisor: " + p.Rfc, p.Rfc);
    }

    public static Slip Masthead(this Slip slip, Purchase p, string brand)
    {
        slip.Center(brand, p.Of(1.2f, 1.6f, 2f), bold: true);
        if (p.Chance(.3))
        {
            slip.Center(p.Of("MATRIZ: ", "DOM. FISCAL: ") + p.Street).Center(p.Town).Center("SUC. " + p.Of("CENTRO", "LAS TORRES", "NORTE 2")).Center(p.Of("AV. JUAREZ 15 C.P. 91000", "BLVD. BELISARIO DMGZ. 1200 CP 29020"));
        }
        else
        {
            slip.Center(p.Street).Center(p.Town);
        }

        return slip.Center(p.Issuer).Center(p.Taxpayer()).Center(p.Of("REG. FISCAL 601 GENERAL DE LEY P.M.", "Régimen: 612 Act. Empresariales", "EXPEDIDO EN C.P. " + p.Digits(5), "Tel. " + p.Digits(10)));
    }

    public static Slip Basket(this Slip slip, Purchase p)
    {
        var style = p.Random.Next(3);
        if (style > 0)
        {
            slip.Left(style == 1 ? "Cant  Articulo" : "ARTICULO  P.UNIT  CANT  IMPTE").Rule(p.Of('-', '=', '_'));
        }

        foreach (var (name, count, each) in p.Items)
        {
            var (amount, price) = ((count * each).ToString("#,##0.00", CultureInfo.InvariantCulture), each.ToString("0.00", CultureInfo.InvariantCulture));
            slip = style switch
            {
                0 => slip.Row(p.Digits(13), "").Row("  " + name, amount + "T"),
                1 => slip.Row($"{count:0.000} {name}", "$" + amount),
                _ => slip.Left(name).Row("", $"{price}  {count} PZA  {amount}"),
            };
        }

        return slip;
    }

    /// <summary>What was given and what came back, or the bank's slip with its own date, numbers and total.</summary>
    public static Slip Settled(this Slip slip, Purchase p)
    {
        var given = Math.Ceiling(p.Total / 100) * 100;
        return p.Random.Next(4) switch
        {
            0 => slip.Row(p.Of("SU PAGO EFECTIVO", "Efectivo M.N.", "RECIBI"), p.Pesos(given)).Row(p.Of("SU CAMBIO", "Cambio", "DEVOLUCION"), p.Pesos(given - p.Total)),
            1 => slip.Row(p.Of("VISA **** ", "TARJ. DEB. ****") + p.Digits(4), p.Pesos(p.Total)).Row("Cambio", p.Pesos(0)),
            2 => slip.Left("Forma de pago: " + p.Of("01 - Efectivo", "28 - Tarjeta de débito", "03 TRANSFERENCIA")),
            _ => slip.BankSlip(p, 0),
        };
    }

    public static Slip BankSlip(this Slip slip, Purchase p, decimal cash) => slip
        .Rule('*').Center(p.Of("GETNET", "BANAMEX", "BBVA", "AFIRME")).Center("V E N T A").Row("COMERCIO " + p.Digits(7), "TERM " + p.Digits(8)).Row("LOTE " + p.Digits(3), "REF " + p.Digits(12))
        .Left("AID A0000000031010  ARQC " + p.Code(8)).Row("FECHA " + p.When.ToString("dd/MM/yy", CultureInfo.InvariantCulture), p.When.AddMinutes(1).ToString("HH:mm", CultureInfo.InvariantCulture))
        .Row(p.Of("TOTAL M.N.", "IMPORTE", "TOTAL CARGO"), "$ " + (p.Total + cash).ToString("#,##0.00", CultureInfo.InvariantCulture)).Left("AUTORIZACION " + p.Digits(6)).Center(p.Of("AUTORIZADO SIN FIRMA", "APROBADA CON NIP")).Rule('*');

    /// <summary>A long code over two rows, in blocks.</summary>
    public static Slip TwoRows(this Slip slip, string label, string code, int block)
    {
        var blocks = code.Chunk(block).Select(part => new string(part)).ToList();
        var half = (blocks.Count + 1) / 2;
        return slip.Left(label).Left("  " + string.Join(' ', blocks.Take(half))).Left("  " + string.Join(' ', blocks.Skip(half)));
    }

    private static string Title(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
