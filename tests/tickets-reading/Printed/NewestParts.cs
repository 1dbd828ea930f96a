using System.Globalization;

namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>The passages of the <see cref="NewestLayouts"/>, worded and set apart from those of <see cref="SlipParts"/> and <see cref="FreshParts"/>.</summary>
internal static class NewestParts
{
    private static readonly string[] Months = ["Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre"];

    public static string Stamp(this Purchase p, DateTime when)
    {
        var month = Months[when.Month - 1];
        return p.Random.Next(9) switch
        {
            0 => $"{when.Day:00}-{month[..3].ToUpperInvariant()}-{when.Year}",
            1 => $"{when.Day:00} {month[..3].ToUpperInvariant()} {when.Year}",
            2 => when.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            3 => $"{when.Day:00} de {month} de {when.Year}",
            4 => when.ToString("dd/MM/yy", CultureInfo.InvariantCulture),
            5 => when.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
            _ => when.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        };
    }

    public static string Clock(this Purchase p, DateTime when) => p.Random.Next(3) switch
    {
        0 => when.ToString("hh:mm:ss tt", CultureInfo.InvariantCulture),
        1 => when.ToString("H:mm", CultureInfo.InvariantCulture) + " hrs.",
        _ => when.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
    };

    /// <summary>Date and hour in one row, under one label or under two.</summary>
    public static Slip When(this Slip slip, Purchase p, params string[] labels) => p.Chance(.5)
        ? slip.Left($"{p.Of(labels)}{p.Stamp(p.When)} {p.Clock(p.When)}")
        : slip.Row(p.Of(labels) + p.Stamp(p.When), p.Of("Hora: ", "HORA ", "Hr. ") + p.Clock(p.When));

    /// <summary>The brand, and who issues beneath it or at the end of the address.</summary>
    public static Slip Banner(this Slip slip, Purchase p, string brand)
    {
        var rfc = p.Of("RFC: " + p.Rfc, "R.F.C. " + p.Rfc, "R.F.C: " + p.Rfc, "RFC " + p.Rfc, "RFC.- " + p.Rfc);
        slip.Center(brand, p.Of(1.3f, 1.8f), bold: true);
        return p.Random.Next(3) switch
        {
            0 => slip.Center(p.Issuer).Center(rfc).Center(p.Street).Center(p.Town).Center("TEL. (" + p.Digits(3) + ") " + p.Digits(7)),
            1 => slip.Center("Razón social: " + p.Issuer).Center(p.Street + ", " + p.Town).Center(rfc).Center("Régimen General de Ley Personas Morales"),
            _ => slip.Left(p.Issuer).Left(rfc).Left("Dirección: " + p.Street).Left(p.Town).Left("Lugar de expedición: " + p.Digits(5)),
        };
    }

    /// <summary>What was bought, in the words of the trade.</summary>
    public static Slip Lines(this Slip slip, Purchase p, params string[] names)
    {
        var style = p.Random.Next(3);
        if (style > 0)
        {
            slip.Row(style == 1 ? "DESCRIPCION" : "CANT. CONCEPTO", "IMPORTE").Rule();
        }

        for (var i = 0; i < p.Items.Count; i++)
        {
            var (name, count, each) = (names[i % names.Length], p.Items[i].Count, p.Items[i].Each);
            var amount = (count * each).ToString("#,##0.00", CultureInfo.InvariantCulture);
            slip = style switch
            {
                0 => slip.Left($"{p.Digits(6)} {name}").Row($"   {count} x {each.ToString("0.00", CultureInfo.InvariantCulture)}", amount),
                1 => slip.Row(name, amount),
                _ => slip.Row($"{count,3}  {name}", "$" + amount),
            };
        }

        return slip.Rule();
    }

    public static string Amount(this Purchase p, decimal amount) => p.Of("", "$", "$ ", "$") + amount.ToString("#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>The sum with its tax before it, and how it was paid after it.</summary>
    public static Slip Sums(this Slip slip, Purchase p, bool taxes, params string[] words)
    {
        if (taxes)
        {
            slip.Row(p.Of("SUBTOTAL:", "Subtotal", "SUB TOTAL"), p.Amount(p.Subtotal)).Row(p.Of($"IVA {p.Rate:0%}:", $"I.V.A. ({p.Rate:0%})", $"IVA TRASLADADO {p.Rate:0.00}"), p.Amount(p.Iva));
        }

        slip.Row(p.Of(words), p.Amount(p.Total), p.Of(1f, 1.3f), bold: true);
        if (p.Chance(.5))
        {
            slip.Left(SlipParts.InWords(p.Total));
        }

        return slip.Paid(p);
    }

    private static Slip Paid(this Slip slip, Purchase p)
    {
        var given = Math.Ceiling(p.Total / 50) * 50;
        return p.Random.Next(4) switch
        {
            0 => slip.Row(p.Of("Efectivo:", "PAGO CON:", "ENTREGA"), p.Amount(given)).Row(p.Of("Cambio:", "SU CAMBIO:", "VUELTO"), p.Amount(given - p.Total)),
            1 => slip.Left(p.Of("Forma de pago: ", "F. PAGO: ") + p.Of("TARJETA DE CREDITO", "04 Tarjeta de crédito", "EFECTIVO")).Left("Método de pago: PUE"),
            2 => slip.Row(p.Of("TARJETA DEBITO XXXX", "MASTERCARD ************") + p.Digits(4), p.Amount(p.Total)),
            _ => slip.Rule('=').Center(p.Of("SANTANDER", "HSBC", "CLIP", "BANORTE")).Row("AFILIACION: " + p.Digits(7), "CTRL: " + p.Digits(6)).Left("NO. TARJETA: XXXXXXXXXXXX" + p.Digits(4)).Row("APROBACION: " + p.Digits(6), p.Of("VENTA", "COMPRA"))
                .Left(p.When.AddMinutes(1).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)).Row(p.Of("IMPORTE:", "TOTAL MXN:"), p.Amount(p.Total)).Center("FIRMA ELECTRONICA").Rule('='),
        };
    }
}
