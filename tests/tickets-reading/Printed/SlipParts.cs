namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>Passages that many slips have in common, each in the wordings that tills use.</summary>
internal static class SlipParts
{
    private static readonly string[] Units = ["", "UN", "DOS", "TRES", "CUATRO", "CINCO", "SEIS", "SIETE", "OCHO", "NUEVE", "DIEZ", "ONCE", "DOCE", "TRECE", "CATORCE", "QUINCE", "DIECISEIS", "DIECISIETE", "DIECIOCHO", "DIECINUEVE", "VEINTE"];
    private static readonly string[] Tens = ["", "", "VEINTI", "TREINTA", "CUARENTA", "CINCUENTA", "SESENTA", "SETENTA", "OCHENTA", "NOVENTA"];
    private static readonly string[] Hundreds = ["", "CIENTO", "DOSCIENTOS", "TRESCIENTOS", "CUATROCIENTOS", "QUINIENTOS", "SEISCIENTOS", "SETECIENTOS", "OCHOCIENTOS", "NOVECIENTOS"];

    public static Slip Head(this Slip slip, Purchase p, string brand, string? rfcLabel = null)
    {
        slip.Center(brand, p.Of(1f, 1.4f, 1.8f), bold: p.Chance(.5));
        var rfc = (rfcLabel ?? p.Of("RFC: ", "R.F.C. ", "RFC ", "R.F.C.: ", "RFC:")) + p.Rfc;
        if (p.Chance(.75))
        {
            slip.Center(p.Issuer).Center(rfc).Center(p.Street).Center(p.Town);
        }
        else
        {
            slip.Center(p.Issuer).Center(p.Street).Center(p.Town).Center(rfc);
        }

        return p.Chance(.3) ? slip.Center(p.Of("REGIMEN GENERAL DE LEY PERSONAS MORALES", "REGIMEN FISCAL: 601", "LUGAR DE EXPEDICION: " + p.Digits(5), "TEL. (81) " + p.Digits(8))) : slip;
    }

    public static Slip Goods(this Slip slip, Purchase p)
    {
        var style = p.Random.Next(4);
        if (style == 1)
        {
            slip.Pair("CANT DESCRIPCION", "IMPORTE");
        }

        foreach (var (name, count, each) in p.Items)
        {
            var price = p.Money(count * each);
            var code = style == 3 ? p.Digits(12) + " " : "";
            slip = style == 2
                ? slip.Left(name).Pair($"   {count} x {p.Money(each)}", price)
                : slip.Pair($"{count} {code}{name[..Math.Min(name.Length, Math.Max(4, slip.Columns - 14 - code.Length))]}", price + p.Of("", "", " A", "E"));
        }

        return slip;
    }

    /// <summary>Subtotal, tax, total and the way of paying.</summary>
    public static Slip Money(this Slip slip, Purchase p, string totalWord, bool taxes, bool paid = true)
    {
        if (taxes)
        {
            slip.Pair(p.Of("SUBTOTAL", "SUB TOTAL", "Subtotal:", "SUB-TOTAL", "Sub Total $"), p.Dollars(p.Subtotal));
            slip.Pair(p.Of($"IVA {p.Rate:0%}", $"I.V.A. {p.Rate:0.00%}", "IVA", "I.V.A.", $"IVA({p.Rate:0%}):"), p.Dollars(p.Iva));
        }

        slip.Pair(totalWord, p.Dollars(p.Total), p.Of(1f, 1f, 1.3f, 1.6f), bold: p.Chance(.5));
        if (p.Chance(.35))
        {
            slip.Left(InWords(p.Total));
        }

        return paid ? Paid(slip, p) : slip;
    }

    private static Slip Paid(Slip slip, Purchase p)
    {
        switch (p.Random.Next(6))
        {
            case 0 or 1:
                var given = Math.Ceiling(p.Total / 50) * 50;
                return slip.Pair(p.Of("EFECTIVO", "Efectivo:", "PAGO EN EFECTIVO", "SU PAGO", "RECIBIDO"), p.Dollars(given)).Pair(p.Of("CAMBIO", "Cambio:", "SU CAMBIO"), p.Dollars(given - p.Total));
            case 2:
                return slip.Pair(p.Of("TARJETA DE CREDITO", "T. CREDITO VISA", "TARJETA BANCARIA"), p.Dollars(p.Total));
            case 3:
                return slip.Pair("TARJETA DE DEBITO", p.Dollars(p.Total));
            case 4:
                return Voucher(slip.Left("FORMA DE PAGO: " + p.Of("04 TARJETA DE CREDITO", "28 TARJETA DE DEBITO", "TARJETA")), p);
            default:
                return slip.Left(p.Of("FORMA DE PAGO: EFECTIVO", "METODO DE PAGO: 01 EFECTIVO", "PAGO: EFECTIVO"));
        }
    }

    /// <summary>The bank's slip under the till's.</summary>
    private static Slip Voucher(Slip slip, Purchase p) => slip
        .Rule('-').Center(p.Of("BANORTE", "BBVA", "SANTANDER", "BANAMEX")).Left("AFILIACION: " + p.Digits(7)).Left("ARQC: " + p.Code(16)).Left("XXXX XXXX XXXX " + p.Digits(4))
        .Left("AUT: " + p.Digits(6)).Pair("IMPORTE", "$" + p.Money(p.Total)).Center("APROBADA").Rule('-');

    public static Slip Thanks(this Slip slip, Purchase p) => p.Chance(.7) ? slip.Center(p.Of("¡GRACIAS POR SU COMPRA!", "GRACIAS POR SU PREFERENCIA", "VUELVA PRONTO", "Gracias por su visita", "ESTE NO ES UN COMPROBANTE FISCAL")) : slip;

    public static Slip Survey(this Slip slip, Purchase p, string host) => p.Chance(.4)
        ? slip.Center(p.Of("CUENTANOS TU EXPERIENCIA Y GANA EN", "CONTESTA NUESTRA ENCUESTA EN", "TU OPINION NOS IMPORTA")).Center(host) : slip;

    public static string InWords(decimal amount)
    {
        var (whole, cents) = ((int)amount, (int)((amount - Math.Truncate(amount)) * 100));
        var words = whole >= 1000 ? (whole / 1000 == 1 ? "MIL " : Below(whole / 1000) + " MIL ") + Below(whole % 1000) : Below(whole);
        return $"({words.Trim()} PESOS {cents:00}/100 M.N.)";
    }

    private static string Below(int n) => n switch
    {
        <= 20 => Units[n],
        < 30 => "VEINTI" + Units[n - 20],
        < 100 => Tens[n / 10] + (n % 10 == 0 ? "" : " Y " + Units[n % 10]),
        100 => "CIEN",
        _ => (Hundreds[n / 100] + " " + Below(n % 100)).Trim(),
    };
}
