using System.Globalization;

namespace Invoicing.Tickets.Reading.Tests.Printed;

/// <summary>What was bought, when, where and how it was paid: the truth behind a printed slip.</summary>
internal sealed class Purchase
{
    private static readonly string[] First = ["COMERCIALIZADORA", "OPERADORA", "GRUPO", "SERVICIOS", "DISTRIBUIDORA", "ALIMENTOS", "PROVEEDORA", "ABARROTES", "PROMOTORA", "CORPORATIVO"];
    private static readonly string[] Second = ["DEL NORTE", "LA ESPERANZA", "SAN ISIDRO", "EL ROBLE", "MONTE ALTO", "DEL BAJIO", "LOS OLIVOS", "SANTA LUCIA", "EL FARO", "TRES RIOS", "VALLE VERDE", "LA CUMBRE", "DEL PACIFICO", "QUETZAL", "JACARANDAS"];
    private static readonly string[] Forms = ["S.A. DE C.V.", "SA DE CV", "S. DE R.L. DE C.V.", "S.A.P.I. DE C.V.", "S A DE C V"];
    private static readonly string[] Streets = ["AV. HIDALGO 120 COL. CENTRO", "BLVD. KUKULCAN KM 12.5 ZONA HOTELERA", "CALLE 5 DE MAYO 33 COL. OBRERA", "CARR. FED. 45 KM 8 PARQUE INDUSTRIAL", "EJE 6 SUR 1001 COL. NARVARTE", "AV. VALLARTA 6503 LOC. 14"];
    private static readonly string[] Towns = ["MONTERREY, N.L. C.P. 64480", "GUADALAJARA, JAL. CP 44100", "PUEBLA, PUE. C.P. 72000", "MERIDA, YUC. CP. 97000", "CDMX C.P. 03020", "TIJUANA, B.C. C.P. 22010", "LEON, GTO. CP 37000"];
    private static readonly string[] Goods = ["AGUA NATURAL 1L", "CAFE AMERICANO 12OZ", "GALLETAS SURTIDAS", "LECHE ENTERA 1.5L", "PAN DE CAJA", "DETERGENTE 900G", "TORTILLA KG", "JITOMATE SALADET", "ARROZ 900G", "ACEITE 850ML", "PAPEL HIGIENICO 4R", "REFRESCO 600ML", "CHOCOLATE BARRA", "YOGHURT FRESA", "QUESO OAXACA", "HUEVO 18PZ", "CABLE HDMI 2M", "FOCO LED 9W", "CINTA AISLANTE", "TORNILLO 1/4", "CUADERNO RAYA", "PLUMA AZUL", "COMIDA CORRIDA", "ENSALADA CESAR", "TACOS PASTOR (5)", "IBUPROFENO 400MG", "GEL ANTIBACTERIAL"];

    public Purchase(Random random)
    {
        Random = random;
        Issuer = $"{Of(First)} {Of(Second)} {Of(Forms)}";
        Rfc = NewRfc();
        When = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(random.Next(0, 60 * 24 * 1000));
        Street = Of(Streets);
        Town = Of(Towns);
        Items = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => (Of(Goods), random.Next(1, 4), Math.Round((decimal)(random.NextDouble() * random.NextDouble() * 480) + 8, 2)))];
        Total = Items.Sum(item => item.Each * item.Count);
        Rate = random.Next(10) < 8 ? .16m : .08m;
        Subtotal = Math.Round(Total / (1 + Rate), 2);
    }

    public Random Random { get; }
    public string Issuer { get; }
    public string Rfc { get; }
    public DateTime When { get; }
    public string Street { get; }
    public string Town { get; }
    public IReadOnlyList<(string Name, int Count, decimal Each)> Items { get; }
    public decimal Rate { get; }
    public decimal Total { get; set; }
    public decimal Subtotal { get; set; }
    public decimal Iva => Total - Subtotal;

    public T Of<T>(params IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];

    public bool Chance(double p) => Random.NextDouble() < p;

    public string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)('0' + Random.Next(i == 0 ? 1 : 0, 10))));

    /// <summary>Letters and digits; portals' codes use all of them, look-alikes too.</summary>
    public string Code(int count)
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        return string.Concat(Enumerable.Range(0, count).Select(_ => letters[Random.Next(letters.Length)]));
    }

    public string Money(decimal amount) => amount.ToString(amount >= 1000 && Chance(.7) ? "#,##0.00" : "0.00", CultureInfo.InvariantCulture);

    public string Dollars(decimal amount) => Of("$", "$", "$ ", "") + Money(amount);

    /// <summary>Day first, as Mexico prints dates.</summary>
    public string Date()
    {
        string[] months = ["ENERO", "FEBRERO", "MARZO", "ABRIL", "MAYO", "JUNIO", "JULIO", "AGOSTO", "SEPTIEMBRE", "OCTUBRE", "NOVIEMBRE", "DICIEMBRE"];
        var month = months[When.Month - 1];
        return Random.Next(10) switch
        {
            0 => When.ToString("dd/MM/yy", CultureInfo.InvariantCulture),
            1 => When.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture),
            2 => $"{When.Day:00}/{month[..3]}/{When.Year}",
            3 => $"{When.Day:00}-{char.ToUpperInvariant(month[0])}{month[1..3].ToLowerInvariant()}-{When.Year % 100:00}",
            4 => $"{When.Day} DE {month} DE {When.Year}",
            5 => When.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            6 => When.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture),
            _ => When.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        };
    }

    public string Time() => Random.Next(5) switch
    {
        0 => When.ToString("hh:mm tt", CultureInfo.InvariantCulture),
        1 => When.ToString("HH:mm", CultureInfo.InvariantCulture) + " hrs",
        2 => When.ToString("HH:mm", CultureInfo.InvariantCulture),
        _ => When.AddSeconds(Random.Next(60)).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
    };

    private string NewRfc()
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        const string homoclave = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        var natural = Random.Next(6) == 0;
        var name = string.Concat(Enumerable.Range(0, natural ? 4 : 3).Select(_ => letters[Random.Next(letters.Length)]));
        var born = new DateTime(1960, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(Random.Next(22_000));
        var head = $"{name}{born:yyMMdd}{homoclave[Random.Next(36)]}{homoclave[Random.Next(36)]}";
        return head + "0123456789A".First(last => Fiscal.Rfc.Inspect(head + last).CheckDigitValid);
    }
}
