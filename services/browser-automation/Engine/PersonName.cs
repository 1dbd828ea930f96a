namespace Invoicing.BrowserAutomation.Engine;

/// <summary>A natural person's name in the parts that some portals ask. SAT keeps it in one: nombres, paterno, materno.</summary>
public sealed record PersonName(string Nombres, string Paterno, string Materno)
{
    private static readonly string[] Particles = ["DE", "DEL", "LA", "LAS", "LOS", "Y", "MC", "MAC", "VON", "VAN", "SAN", "SANTA"];

    /// <summary>Splits where the RFC's letters (paterno's first, materno's, the given name's) agree; null when no split or several do.</summary>
    public static PersonName? Of(string nombre, string rfc)
    {
        var words = nombre.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var splits = new List<PersonName>();
        for (var given = 1; given < words.Length; given++)
        {
            for (var first = 1; given + first <= words.Length; first++)
            {
                var name = new PersonName(Join(words[..given]), Join(words[given..(given + first)]), Join(words[(given + first)..]));
                if (name.Fits(rfc))
                {
                    splits.Add(name);
                }
            }
        }

        var plain = splits.Where(s => Core(s.Paterno).Length == 1 && Core(s.Materno).Length <= 1).ToList();
        return splits.Count == 1 ? splits[0] : plain.Count == 1 ? plain[0] : null;
    }

    public string? Part(string canonical) => canonical switch
    {
        "nombres" => Nombres,
        "apellido_paterno" => Paterno,
        "apellido_materno" => Materno,
        "apellidos" => $"{Paterno} {Materno}".Trim(),
        _ => null,
    };

    // RFC letters, SAT's rule: paterno's first and its first inner vowel, materno's first, the given name's first; with one surname the
    // given name's first two letters take the last two places.
    private bool Fits(string rfc)
    {
        var (paterno, materno, nombres) = (Core(Paterno), Core(Materno), Core(Nombres));
        if (paterno.Length == 0 || nombres.Length == 0 || (materno.Length == 0 && Materno.Length > 0)
            || !Dangling(Nombres) || !Dangling(Paterno) || !Same(paterno[0][0], rfc[0]))
        {
            return false;
        }

        var given = nombres.Length > 1 && nombres[0] is "JOSE" or "MARIA" or "MA" or "J" ? nombres.Skip(1).Prepend(nombres[0]) : nombres.Take(1);
        return given.Any(name => materno.Length == 0 ? Same(name[0], rfc[2]) && (name.Length < 2 || Same(name[1], rfc[3])) : Same(materno[0][0], rfc[2]) && Same(name[0], rfc[3]));
    }

    // A part does not end in "DE LA": the particle belongs to what follows.
    private static bool Dangling(string part) => !Particles.Contains(part.Split(' ')[^1]);

    private static string[] Core(string part) => [.. part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !Particles.Contains(w))];

    private static bool Same(char letter, char inRfc) => letter == inRfc || (letter == 'Ñ' && inRfc is 'X' or 'Ñ') || inRfc == 'X';

    private static string Join(string[] words) => string.Join(' ', words);
}
