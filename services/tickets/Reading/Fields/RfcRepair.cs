using System.Text;
using Invoicing.Fiscal;

namespace Invoicing.Tickets.Reading;

/// <summary>RFCs near what was read: letters where letters stand, digits where the date stands, and what bad print makes of them.</summary>
internal static class RfcRepair
{
    /// <summary>A character of one shape, or one that another look at the print read.</summary>
    public const int Like = 2;

    /// <summary>Two of one shape are likelier than one of these.</summary>
    private const int Seldom = 5;

    /// <summary>Dearer ones are as many as chance proves.</summary>
    public const int MostCost = Like + Seldom;

    /// <summary>Of the six of the date: a word is no RFC.</summary>
    private const int LeastDigits = 4;

    private static readonly (char Read, string Seldom)[] Letters =
    [
        ('A', "4R"), ('B', "8EPR"), ('C', "GEO"), ('D', "OBP"), ('E', "FBC"), ('F', "EPT"), ('G', "CO6"), ('H', "MNKW"), ('I', "LTJ"), ('J', "IU"), ('K', "XHR"), ('L', "IT"), ('M', "NHW"),
        ('N', "MHKR"), ('O', "QDCG"), ('P', "RFB"), ('Q', "OG"), ('R', "PKBN"), ('S', "BG"), ('T', "IYFL"), ('U', "VJ"), ('V', "UYW"), ('W', "MHV"), ('X', "KY"), ('Y', "VTX"), ('Z', "TI"),
    ];

    private static readonly Dictionary<char, string> Digits = new()
    {
        ['0'] = "8693", ['1'] = "74", ['2'] = "73", ['3'] = "8592", ['4'] = "91", ['5'] = "6389", ['6'] = "805", ['7'] = "129", ['8'] = "06395", ['9'] = "0843",
    };

    /// <summary>Characters of one shape put to what their place allows.</summary>
    public static string Placed(string raw)
    {
        var letters = raw.Length - 9;
        var placed = new StringBuilder(raw);
        for (var i = 0; i < letters + 6; i++)
        {
            placed[i] = i < letters ? Letter(raw[i]) : Digit(raw[i]);
        }

        // The last character is a digit or A.
        placed[^1] = placed[^1] == 'A' ? 'A' : Digit(placed[^1]);
        return placed.ToString();
    }

    /// <summary>What the check digit proves at the least cost, cheapest first.</summary>
    public static List<(string Rfc, int Cost)> Near(string placed, IReadOnlyList<string> looks)
    {
        var found = new Dictionary<string, int>();
        if (placed.Substring(placed.Length - 9, 6).Count(char.IsAsciiDigit) < LeastDigits)
        {
            return [];
        }

        var choices = Enumerable.Range(0, placed.Length).Select(i => Choices(placed, i, looks)).ToList();
        Try(placed.ToCharArray(), 0, 0, choices, found);
        return [.. found.Where(one => one.Value > 0).OrderBy(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value))];
    }

    private static void Try(char[] rfc, int from, int cost, List<Dictionary<char, int>> choices, Dictionary<string, int> found)
    {
        var text = new string(rfc);
        if (Rfc.CheckDigit(text) == rfc[^1] && Rfc.Inspect(text).FormatValid)
        {
            found[text] = Math.Min(cost, found.GetValueOrDefault(text, int.MaxValue));
        }

        for (var i = from; i < rfc.Length; i++)
        {
            var read = rfc[i];
            foreach (var (other, dear) in choices[i].Where(choice => cost + choice.Value <= MostCost))
            {
                rfc[i] = other;
                Try(rfc, i + 1, cost + dear, choices, found);
            }

            rfc[i] = read;
        }
    }

    private static Dictionary<char, int> Choices(string placed, int at, IReadOnlyList<string> looks)
    {
        var (letters, read) = (placed.Length - 9, placed[at]);
        var (like, seldom) = at < letters ? (LikeLetter(read), Letters.FirstOrDefault(one => one.Read == read).Seldom ?? "")
            : at < letters + 6 ? ("", Digits.GetValueOrDefault(read, ""))
            : at == placed.Length - 1 ? (read is '4' ? "A" : read is 'A' ? "4" : "", Digits.GetValueOrDefault(read, ""))
            : (LikeInHomoclave(read), SeldomInHomoclave(read));
        var choices = seldom.ToDictionary(c => c, _ => Seldom);
        foreach (var c in like.Concat(SeenThere(placed, at, looks)).Where(c => c != read))
        {
            choices[c] = Like;
        }

        return choices;
    }

    /// <summary>What looks of the same length read at the same place.</summary>
    private static IEnumerable<char> SeenThere(string placed, int at, IReadOnlyList<string> looks) =>
        from look in looks
        from start in Enumerable.Range(0, Math.Max(0, look.Length - placed.Length + 1))
        let there = Placed(look.Substring(start, placed.Length))
        // The same print read otherwise, not another part of the row.
        where there.Where((c, i) => c == placed[i]).Count() >= placed.Length * 2 / 3
        select there[at];

    // Ñ is lost for certain, not by chance: the recogniser's alphabet has none.
    private static string LikeLetter(char c) => c is 'N' ? "Ñ" : c is 'O' ? "QD" : c is 'Q' or 'D' ? "O" : "";

    private static string LikeInHomoclave(char c) => c switch
    {
        'O' => "0QD", '0' => "OQD", 'Q' => "0O", 'D' => "0O", 'I' => "1L", '1' => "IL", 'L' => "1I", 'S' => "5", '5' => "S", 'B' => "8", '8' => "B", 'Z' => "2", '2' => "Z", 'G' => "6", '6' => "G", _ => "",
    };

    private static string SeldomInHomoclave(char c) =>
        c is '4' ? "91A" : new string([.. (Digits.GetValueOrDefault(c, "") + (Letters.FirstOrDefault(one => one.Read == c).Seldom ?? "")).Distinct()]);

    private static char Letter(char c) => c switch
    {
        '0' => 'O', '1' or '|' or '!' => 'I', '2' => 'Z', '5' => 'S', '6' => 'G', '8' => 'B', _ => c,
    };

    private static char Digit(char c) => LookAlikes.AsDigits(c.ToString())[0];
}
