namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Choices that are neither boxes nor lists: entries of SAT's catalogues, kinds of person and shops drawn as lines, cards or tiles to press, perhaps in groups that must be unfolded first.</summary>
public static class DrawnChoices
{
    private const int Fewest = 2;
    private const int LongestCard = 4;
    private static readonly string[] Forward = ["emit", "maybe_emit", "advance", "confirm"];
    private static readonly string[] Catalogues = ["regimen_fiscal", "uso_cfdi", "forma_pago"];

    /// <summary>The line to press; null when the page draws none, or what is wanted was pressed.</summary>
    public static Move? Next(Scope scope, Goal goal, History history)
    {
        // "Facturar como persona física" is no choice but the emission itself.
        var lines = scope.Controls.Where(c => !c.Disabled && c.Text.Length > 1 && c.Kind != "submit" && c.StaysHere && !Leads(c)).ToList();
        foreach (var catalogue in Catalogues.Where(c => goal.ValueOf(c) is not null && !history.Typed.Receptor.Contains(c) && !scope.Map.Any(m => m.Canonical == c)))
        {
            if (OfCatalogue(catalogue, goal.ValueOf(catalogue)!, lines, scope, history) is { } move)
            {
                return move;
            }
        }

        return Once(OurKind(lines, goal) ?? OurShop(lines, scope, goal), history);
    }

    /// <summary>Nothing else is left to do: a part of the page that is folded, and speaks of what we have to give.</summary>
    public static Move? Unfold(Scope scope, Goal goal, History history)
    {
        bool Asks(string line) => line.Length <= 60 && FieldMap.Of([new Field("", line, FieldKind.Text, line)], goal) is [{ Wanted: not null, Score: >= 0.9 }];
        var shut = scope.Controls.FirstOrDefault(c => !c.Disabled && c.Kind != "submit" && c.StaysHere && c.Folded?.Split('\n').Any(Asks) == true && IsHeading(c, history));
        return shut is null ? null : new Move.Press(shut, "unfold", false, $"Abrí «{shut.Caption}».");
    }

    private static Move? OfCatalogue(string catalogue, string wanted, List<Control> lines, Scope scope, History history)
    {
        var entries = lines.Where(c => OptionMatch.IsEntry(catalogue, c.Text)).ToList();
        var ours = OptionMatch.Pick(catalogue, wanted, [.. entries.Select(e => new Choice(e.Text, ""))]) is { } picked ? entries.First(e => e.Text == picked.Text) : null;
        if (ours is not null && (entries.Count >= Fewest || ours.Text.StartsWith(wanted, StringComparison.Ordinal)))
        {
            if (ours.Chosen || history.Pressed(ours))
            {
                Note(catalogue, history);
                return null;
            }

            return Choose(ours);
        }

        // The heading that opened the entries shows what was chosen.
        if (ours is { Folded: not null })
        {
            Note(catalogue, history);
            return null;
        }

        bool Holds(Control c) => c.Folded?.Split('\n').Where(l => OptionMatch.IsEntry(catalogue, l)).Select(l => new Choice(l, "")).DistinctBy(l => l.Text).ToList() is { Count: > 0 } hidden && OptionMatch.Pick(catalogue, wanted, hidden) is not null;
        // "Régimen fiscal" that is no field but opens one.
        bool Names(Control c) => Vocabulary.IsCalled(catalogue, c.Text) && scope.Map.Any(m => m.Group == "receptor");
        var group = lines.FirstOrDefault(c => Holds(c) && IsHeading(c, history)) ?? lines.FirstOrDefault(c => Names(c) && IsHeading(c, history));
        return group is null ? null : new Move.Press(group, "unfold", false, $"Abrí «{group.Caption}».");
    }

    // "Persona física" and "Persona moral" beside each other.
    private static Control? OurKind(List<Control> lines, Goal goal)
    {
        bool Speaks(Control c, string kind) => c.Text.Split(' ').Length <= LongestCard && Choices.Speaks(kind, c.Text);
        var (people, companies) = (lines.Where(c => Speaks(c, "radio_fisica")).ToList(), lines.Where(c => Speaks(c, "radio_moral")).ToList());
        return people is [var person] && companies is [var company] && person != company ? goal.IsPerson ? person : company : null;
    }

    // A tile a shop, where no box asks for it.
    private static Control? OurShop(List<Control> lines, Scope scope, Goal goal)
    {
        var place = goal.ValueOf("sucursal") ?? goal.ValueOf("estacion");
        if (place is null || place.Count(char.IsLetter) < 4 || scope.Map.Any(m => Vocabulary.Find(m.Canonical)?.Place == true) || lines.Count < Fewest)
        {
            return null;
        }

        var tiles = lines.Where(c => !Buttons.IsDecoy(c)).Select(c => (Line: c, Choice: new Choice(c.Text, ""))).ToList();
        var ours = OptionMatch.Pick("sucursal", place, [.. tiles.Select(t => t.Choice)]);
        return tiles.FirstOrDefault(t => ReferenceEquals(t.Choice, ours)).Line;
    }

    private static void Note(string catalogue, History history)
    {
        if (Vocabulary.IsGroup(catalogue, "receptor"))
        {
            history.Typed.NoteReceptor(catalogue);
        }
    }

    private static Move? Once(Control? line, History history) => line is null or { Chosen: true } || history.Pressed(line) ? null : Choose(line);

    private static Move.Press Choose(Control line) => new(line, "choose", false, $"Elegí «{Filling.Short(line.Text)}».");

    // In a dialog over the receptor every button counts as an emission; one that is seen to fold something, and says nothing of the kind, does not.
    private static bool IsHeading(Control control, History history) => !history.Pressed(control) && !Buttons.LeadsAway(control) && !Leads(control);

    private static bool Leads(Control control) => Array.Exists(Forward, role => Buttons.Is(control, role));
}
