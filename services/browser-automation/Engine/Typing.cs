namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What was typed into the portal's fields, and what that changed on the page.</summary>
/// <param name="learned">Hears which field is which, and which are quiet.</param>
public sealed class Typing(Recipe learned)
{
    private readonly Dictionary<string, int> times = [];
    private (List<Field> Fields, string Besides)? last;

    /// <summary>Values, over the whole attempt.</summary>
    public int Count { get; private set; }

    /// <summary>Something was typed since the pages were entered to look for an invoice.</summary>
    public bool Any => times.Count > 0;

    /// <summary>Address of the page on which the first value of the ticket was typed; not where an invoice was searched for.</summary>
    public string? FormUrl { get; private set; }

    /// <summary>Ticket values by field key, as last typed.</summary>
    public Dictionary<string, string> Ticket { get; } = [];

    /// <summary>Receptor data that stands on the portal's pages since they were entered last.</summary>
    public HashSet<string> Receptor { get; } = [];

    /// <summary>Receptor data was given to the portal at some time of this attempt.</summary>
    public bool EverReceptor { get; private set; }

    /// <summary>Lists, by field key, from which an entry was picked.</summary>
    public HashSet<string> Picked { get; } = [];

    /// <summary>Fields whose typing changed something else on the page.</summary>
    public HashSet<string> Loud { get; } = [];

    public bool Captcha { get; private set; }

    public void CaptchaWrong() => Captcha = false;

    public int TimesOf(Field field) => times.GetValueOrDefault(field.Key);

    public void Tick(Field field) => times[field.Key] = TimesOf(field) + 1;

    /// <summary>It stands right on the page, whoever put it there.</summary>
    public void NoteReceptor(string canonical)
    {
        Receptor.Add(canonical);
        EverReceptor = true;
    }

    /// <summary>The pages are entered from the start, to look for an invoice.</summary>
    public void Forget() => times.Clear();

    /// <param name="moves">Fills and choices, carried out together on the page as it was before.</param>
    /// <param name="searching">For an invoice that exists.</param>
    public void Add(IReadOnlyList<Move> moves, Snapshot before, bool ok, bool searching)
    {
        var fields = new List<Field>();
        foreach (var move in moves)
        {
            var (field, canonical, value, secret) = move is Move.Fill f ? (f.Field, f.Canonical, f.Value, f.Secret) : move is Move.Choose c ? (c.Field, c.Canonical, c.Value, false) : throw new ArgumentException(move.Why);
            FormUrl ??= !searching && Vocabulary.IsGroup(canonical, "ticket") ? before.Url : null;
            Filled(field, canonical, value, secret, ok);
            _ = ok && move is Move.Choose && Picked.Add(field.Key);
            fields.Add(field);
        }

        last = ok ? (fields, before.Besides(fields.ConvertAll(f => f.Key))) : null;
    }

    /// <summary>The page after the last move: what was typed is quiet when nothing else changed.</summary>
    public void Look(Snapshot page, bool asked)
    {
        if (last is not { } typed)
        {
            return;
        }

        last = null;
        var keys = typed.Fields.ConvertAll(Recipe.FieldKey);
        if (!asked && page.Besides(typed.Fields.ConvertAll(f => f.Key)) == typed.Besides)
        {
            learned.Quiet.UnionWith(keys);
        }
        else
        {
            learned.Quiet.ExceptWith(keys);
            Loud.UnionWith(keys);
        }
    }

    private void Filled(Field field, string canonical, string value, bool secret, bool ok)
    {
        Count++;
        Captcha |= canonical == "captcha" && value.Length > 0;
        Tick(field);
        if (!ok)
        {
            return;
        }

        if (Vocabulary.IsGroup(canonical, "receptor"))
        {
            NoteReceptor(canonical);
        }
        else if (canonical == "dato" || Vocabulary.IsGroup(canonical, "ticket"))
        {
            Ticket[field.Key] = value;
        }

        if (!secret)
        {
            learned.Fields[Recipe.FieldKey(field)] = canonical;
        }
    }
}
