using System.Text.RegularExpressions;

namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Receptor data that the portal keeps and does not ask for: before an emission they are unfolded and looked at; what stays out of sight and differs is a person's matter.</summary>
public static partial class OnFile
{
    private static readonly string[] Facts = ["razon_social", "codigo_postal", "regimen_fiscal", "uso_cfdi"];

    /// <summary>What comes before the press that emits; null when nothing is amiss.</summary>
    public static Move? Next(Snapshot page, Scope scope, Goal goal, History history)
    {
        if (!history.Typed.EverReceptor || scope.Dialog is not null)
        {
            return null;
        }

        var old = Hidden(page, scope, goal).Where(m => !Filling.IsBlank(m.Field) && !Filling.IsWritten(m)).ToList();
        var unseen = Facts.All(f => !history.Typed.Receptor.Contains(f));
        if (old.Count > 0 || unseen)
        {
            var unfold = scope.Controls.Where(c => !c.Disabled && c.StaysHere && !Buttons.IsDecoy(c) && Buttons.Score(c, "unfold") > 0.6 && !history.Pressed(c)).OrderByDescending(c => Buttons.Score(c, "unfold")).FirstOrDefault();
            if (unfold is not null)
            {
                return new Move.Press(unfold, "unfold", false, $"Abrí «{unfold.Caption}»: se revisan los datos fiscales que el portal tiene guardados.");
            }
        }

        // A list out of sight may belong to a step still to come; a name or postal code that stands there does not.
        var filed = Hidden(page, scope, goal).Where(m => m.Field.Kind == FieldKind.Text).ToList();
        return (old.Exists(m => m.Field.Kind == FieldKind.Text) || (old.Count > 0 && filed.Count > 0 && filed.TrueForAll(Filling.IsWritten))) || ShowsOther(page, goal, history)
            ? Endings.Stop(Outcome.RequiereHumano, "El portal facturaría con datos fiscales guardados que no son los del perfil y no deja cambiarlos; no se emitió.", old.FirstOrDefault()?.Canonical, error: "account_data") : null;
    }

    // In the forms that the press would send.
    private static IEnumerable<Mapped> Hidden(Snapshot page, Scope scope, Goal goal) =>
        FieldMap.Of([.. page.Folded.Where(f => scope.Map.Any(m => m.Field.Form == f.Form))], goal).Where(m => m.Wanted is not null && Facts.Contains(m.Canonical));

    // "ESCUELA KEMPER URGATE, C.P. 01000": our name beside a postal code that is not ours.
    private static bool ShowsOther(Snapshot page, Goal goal, History history)
    {
        if (history.Typed.Receptor.Contains("codigo_postal"))
        {
            return false;
        }

        var name = Words.Normalise(goal.Receptor.Nombre).Split(' ').Where(w => w.Length >= 4).ToList();
        return page.Lines.Any(l => PostalCode().Match(l) is { Success: true } cp && cp.Groups[1].Value != goal.Receptor.CodigoPostal
            && Words.Normalise(l) is var text && (text.Contains(goal.Receptor.Rfc.ToLowerInvariant(), StringComparison.Ordinal) || (name.Count > 0 && name.TrueForAll(w => Words.Has(text, w)))));
    }

    [GeneratedRegex(@"(?:C\.? ?P\.?|[Cc][óo]digo [Pp]ostal)\s*:?\s*(\d{5})(?!\d)")]
    private static partial Regex PostalCode();
}
