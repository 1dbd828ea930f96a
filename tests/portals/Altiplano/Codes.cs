using Invoicing.Portals.Engine;

namespace Invoicing.Portals.Altiplano;

/// <summary>Invoicing codes of 18 characters without I and O; the last one is computed from the others.</summary>
internal static class Codes
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string New()
    {
        var body = string.Concat(Enumerable.Range(0, 17).Select(_ => Alphabet[Chance.Between(0, Alphabet.Length - 1)]));
        return body + Check(body);
    }

    public static bool Valid(string code) => code.Length == 18 && code.All(Alphabet.Contains) && code[17] == Check(code[..17]);

    private static char Check(string body) => Alphabet[body.Select((letter, i) => Alphabet.IndexOf(letter, StringComparison.Ordinal) * (i + 2)).Sum() % Alphabet.Length];
}
