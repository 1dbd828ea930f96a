using System.Globalization;

namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>The passages of the <see cref="LatestLayouts"/>, worded and set apart from those of the sets before them.</summary>
internal static class LatestParts
{
    private static readonly string[] Months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];

    /// <summary>A day as tills with Mexican settings write it.</summary>
    public static string OnDay(this Purchase p, DateTime when) => p.Random.Next(8) switch
    {
        0 => $"{when.Day:00}-{Months[when.Month - 1]}-{when.Year}",
        1 => $"{when.Day:00}/{Months[when.Month - 1]}/{when.Year}",
        2 => $"{when.Day} {Months[when.Month - 1].ToUpperInvariant()}. {when.Year}",
        3 => when.ToString("dd/MM/yy", CultureInfo.InvariantCulture),
        4 => when.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        5 => when.ToString("d/M/yyyy", CultureInfo.InvariantCulture),
        _ => when.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
    };

    public static string AtHour(this Purchase p, DateTime when) => p.Random.Next(3) switch
    {
        0 => when.ToString("hh:mm:ss", CultureInfo.InvariantCulture) + (when.Hour < 12 ? " a. m." : " p. m."),
        1 => when.ToString("HH:mm", CultureInfo.InvariantCulture) + "h",
        _ => when.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
    };

    public static Slip Dated(this Slip slip, Purchase p) => p.Random.Next(3) switch
    {
        0 => slip.Left($"{p.Of("Fecha y hora: ", "F/H: ", "Fecha/Hora ")}{p.OnDay(p.When)} {p.AtHour(p.When)}"),
        1 => slip.Pair(p.Of("Fecha:", "FECHA DE VENTA", "Fecha de pago"), p.OnDay(p.When)).Pair(p.Of("Hora:", "HORA"), p.AtHour(p.When)),
        _ => slip.Center($"{p.OnDay(p.When)} {p.AtHour(p.When)}"),
    };

    /// <summary>Who sells, beneath a brand; the taxpayer's name and number in a row each or in one.</summary>
    public static Slip Seller(this Slip slip, Purchase p, string brand)
    {
        var number = p.Of("R.F.C. : ", "RFC ", "R.F.C.", "RFC. ") + p.Rfc;
        slip.Center(p.Chance(.4) ? string.Join(' ', brand.ToCharArray()) : brand, p.Of(1f, 1.5f), bold: true);
        slip = p.Chance(.5) ? slip.Center(p.Issuer).Center(number) : slip.Center(p.Issuer + " " + number);
        slip.Center(p.Street).Center(p.Town);
        return p.Chance(.5) ? slip.Center(p.Of("Cel. y WhatsApp " + p.Digits(10), "Horario: L-V 9:00 a 19:00", "601 - General de Ley Personas Morales")) : slip;
    }

    public static Slip Charged(this Slip slip, Purchase p, params string[] names)
    {
        var style = p.Random.Next(3);
        slip.Left(p.Of("Cant Descripción        Importe", "SERVICIO / ARTICULO", "#  CONCEPTO  P.U.  TOTAL")).Rule(p.Of('-', '='));
        for (var i = 0; i < p.Items.Count; i++)
        {
            var (name, count, each) = (names[i % names.Length], p.Items[i].Count, p.Items[i].Each);
            var amount = (count * each).ToString("#,##0.00", CultureInfo.InvariantCulture);
            slip = style switch
            {
                0 => slip.Pair($"{count} {name}", amount),
                1 => slip.Left(name).Pair($"  {count} pza x ${each.ToString("0.00", CultureInfo.InvariantCulture)}", "$" + amount),
                _ => slip.Pair($"{i + 1}. {name}", $"{count}.00   {amount}"),
            };
        }

        return slip.Rule();
    }

    public static string Sum(this Purchase p, decimal amount) => p.Of("$", "", "$ ", "MX$") + amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>What is to be paid, with the tax told before it, after it or in the foot, and how it was paid.</summary>
    public static Slip Due(this Slip slip, Purchase p, bool taxes, params string[] words)
    {
        var before = taxes && p.Chance(.7);
        if (before)
        {
            slip.Taxed(p);
        }

        slip.Pair(p.Of(words), p.Sum(p.Total), p.Of(1f, 1.4f), bold: true);
        if (taxes && !before)
        {
            slip.Left("Precios con IVA incluido").Taxed(p);
        }

        var given = Math.Ceiling(p.Total / 100) * 100;
        return p.Random.Next(4) switch
        {
            0 => slip.Pair(p.Of("Recibido", "Su efectivo:", "CASH"), p.Sum(given)).Pair(p.Of("Su cambio", "Cambio $"), p.Sum(given - p.Total)),
            1 => slip.Left($"{p.Of("Pago: ", "Pagado con: ")}{p.Of("Tarjeta terminación ", "T.C. **** ")}{p.Digits(4)}  Aut. {p.Digits(6)}"),
            2 => slip.Pair(p.Of("Transferencia SPEI", "Tarjeta débito", "Tarjeta crédito"), p.Sum(p.Total)).Pair("Restante", "$0.00"),
            _ => slip.Rule('.').Center(p.Of("MERCADO PAGO POINT", "BBVA NEGOCIOS", "INBURSA")).Pair("Op. " + p.Digits(11), "Term " + p.Digits(6)).Pair("Autorización", p.Digits(6)).Pair("Monto", p.Sum(p.Total)).Center("Pago aprobado").Rule('.'),
        };
    }

    private static Slip Taxed(this Slip slip, Purchase p) => slip.Pair(p.Of("Subtotal", "SUBTOTAL $", "Base"), p.Sum(p.Subtotal)).Pair(p.Of($"IVA {p.Rate:0%}", $"IVA({p.Rate:0.00})", "Impuestos"), p.Sum(p.Iva));
}
