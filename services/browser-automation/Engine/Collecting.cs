namespace Invoicing.BrowserAutomation.Engine;

/// <summary>Files: which controls give them, when to ask for them, and the end once the XML is in hand.</summary>
public static partial class Collecting
{
    private const int TriesPerControl = 3;

    public static Move? Next(Snapshot page, Goal goal, History history)
    {
        if (Foreign(history) is { } foreign)
        {
            return foreign;
        }

        var downloads = Downloads(page, goal, history);
        if (history.Files.Xml)
        {
            var pdf = downloads.Where(c => !history.Files.Pdf && IsPdf(c)).Take(1).ToList();
            return pdf.Count > 0 ? new Move.CollectFiles(pdf, "Descargué el PDF de la factura.") : Done(history);
        }

        if (!MayAsk(page, history) || (history.Files.Refused >= TriesPerControl && !history.Consulting))
        {
            return null;
        }

        var xml = downloads.Where(c => Buttons.Is(c, "download_xml") || c.Href.Contains(".xml", StringComparison.OrdinalIgnoreCase)).Take(1).ToList();
        var any = xml.Count > 0 ? xml : [.. downloads.Where(c => !IsPdf(c)).Take(2)];
        if (any.Count > 0)
        {
            return history.Files.Refused > 0 && history.Last is not Move.Wait
                ? new Move.Wait(2500, "El portal todavía no entregó un XML válido; se vuelve a pedir.")
                : new Move.CollectFiles(any, "Pedí al portal los archivos de la factura.");
        }

        return !history.Files.Pdf && downloads.Count > 0 ? new Move.CollectFiles([.. downloads.Take(1)], "Descargué el PDF de la factura.") : Embedded(page, history) ?? Wordless(page, goal, history);
    }

    // The row of our ticket with signs nobody has explained: one after the other is tried, except what looks like putting away, changing or sending. A row that asks for something lists no invoice.
    private static Move.CollectFiles? Wordless(Snapshot page, Goal goal, History history)
    {
        var signs = page.Controls.Where(c => c is { Disabled: false, Row.Length: > 0 } && Words.Normalise(c.Text).Length == 0 && !Buttons.IsDecoy(c) && !page.Fields.Any(f => f is { Open: true, IsTick: false, Label.Length: > 0 } && c.Row.Contains(f.Label, StringComparison.OrdinalIgnoreCase)) && !Harmful().IsMatch(Words.Normalise($"{c.Name} {c.Icon} {c.Title}"))).ToList();
        signs = [.. (signs.Select(c => c.Row).Distinct().Count() > 1 ? signs.Where(c => IsOurs(c.Row, goal)) : signs).Where(c => history.Count(Key(c)) == 0).Take(1)];
        return signs.Count > 0 ? new Move.CollectFiles(signs, "Probé un signo sin texto en el renglón de la factura.") : null;
    }

    [System.Text.RegularExpressions.GeneratedRegex("trash|delete|remove|cancel|edit|pencil|mail|envelope|times|ban|minus|close|borrar|eliminar|quitar|enviar|editar|pdf")]
    private static partial System.Text.RegularExpressions.Regex Harmful();

    /// <summary>The page offers files of an invoice right now.</summary>
    public static bool Offers(Snapshot page, Goal goal, History history) => Downloads(page, goal, history).Count > 0;

    private static Move? Embedded(Snapshot page, History history) =>
        !history.Files.Pdf && (history.EmitPressed || (history.Consulting && history.RecoverPressed)) && history.Count("embed") < 2 && page.Embeds.Any(e => !e.StartsWith("about:", StringComparison.Ordinal) && !e.Contains("captcha", StringComparison.OrdinalIgnoreCase)) && history.Bump("embed") > 0
            ? new Move.CollectFiles([], "Tomé el documento que el portal muestra.") : null;

    private static bool MayAsk(Snapshot page, History history) =>
        history.EmitPressed || history.Consulting || history.SaidInvoiced || Messages.All(history.Fresh(page)).Any(m => m.Class is "ya_facturado" or "exito");

    private static List<Control> Downloads(Snapshot page, Goal goal, History history)
    {
        // Before an emission, and out of a consultation, a form that is filled in leads on as well.
        var under = history.EmitPressed || history.Consulting;
        var empty = page.Fields.Where(f => !f.IsTick && f.Open && f.Dialog is null && f.Kind is FieldKind.Text && (f.Value.Length == 0 || !under)).Select(f => f.Order).DefaultIfEmpty(-1).Max();
        // A dialog that asks comes first: what lies under it is not to be reached.
        var asking = page.Dialogs.LastOrDefault(d => d.Text.Contains('?', StringComparison.Ordinal) && !history.IgnoredDialogs.Contains(Words.Normalise(d.Text)));
        List<Control> all = [.. page.Controls.Where(c => !c.Disabled && (asking is null || c.Dialog == asking.Index) && IsDownload(c, c.Order < empty) && !AsksFirst(page, c, goal) && !(c.Kind == "link" && history.Pressed(c)) && history.Count(Key(c)) < TriesPerControl).OrderByDescending(c => c.Order)];
        var listed = all.Where(c => c.Row.Length > c.Text.Length + 6).ToList();
        return listed.Select(c => c.Row).Distinct().Count() > 1 ? [.. listed.Where(c => IsOurs(c.Row, goal))] : all;
    }

    // "Obtener archivos" right after an empty box that we can fill: the button of a search.
    private static bool AsksFirst(Snapshot page, Control control, Goal goal)
    {
        var before = page.Controls.Where(c => c.Kind != "link" && c.Order < control.Order && c.Dialog == control.Dialog).Select(c => c.Order).DefaultIfEmpty(-1).Max();
        return control.Href.Length <= 1 && FieldMap.Of([.. page.Fields.Where(f => f is { IsTick: false, Open: true, Value.Length: 0 } && f.Dialog == control.Dialog && f.Order > before && f.Order < control.Order)], goal).Any(m => m.Wanted is not null);
    }

    /// <summary>Under which the tries of a control are counted.</summary>
    public static string Key(Control control) => $"collect:{Words.Normalise(control.Caption)}{Words.Normalise(control.Icon)}{control.Href}{Words.Code(control.Row)}";

    // In a list of invoices only the row of this ticket is taken.
    private static bool IsOurs(string row, Goal goal) =>
        goal.Ticket.Where(t => Vocabulary.IsGroup(t.Key, "ticket") && t.Key is not ("fecha" or "hora" or "total" or "caja" or "sucursal" or "estacion")).Select(t => Words.Code(t.Value))
            .Any(code => code.Length >= 4 && row.Split(' ', '\t').Select(Words.Code).Contains(code));

    // "Descarga tu factura" above an empty form leads to a search; the same words on a result give the file.
    private static bool IsDownload(Control control, bool aboveForm)
    {
        if (Buttons.IsDecoy(control))
        {
            return false;
        }

        var href = control.Href.ToLowerInvariant();
        var byLink = href.StartsWith("blob:", StringComparison.Ordinal) || href.StartsWith("data:application", StringComparison.Ordinal) || href.Contains(".xml", StringComparison.Ordinal) || href.Contains(".zip", StringComparison.Ordinal);
        var any = Buttons.Score(control, "download_any");
        // Words that say nothing over an address that does.
        var told = control.Kind == "link" && !aboveForm && (href.Contains("descarg", StringComparison.Ordinal) || href.Contains("download", StringComparison.Ordinal)) && !Buttons.Is(control, "recover") && !Buttons.Is(control, "enter") && !Arrival.SpeaksOfInvoicing(control);
        return byLink || told || Buttons.Is(control, "download_xml") || Buttons.Is(control, "download_pdf") || (any > 0 && !aboveForm && any >= Buttons.Score(control, "recover"));
    }

    private static bool IsPdf(Control control) =>
        Buttons.Score(control, "download_pdf") > Buttons.Score(control, "download_xml") || control.Href.Contains(".pdf", StringComparison.OrdinalIgnoreCase);

    private static Move.Stop? Foreign(History history) => history.Files is { Xml: false, ForeignReceptor: not null }
        ? Endings.Stop(Outcome.OtroRfc, "La factura que entrega el portal está a nombre de otro RFC.", "rfc") : null;

    private static Move.Stop Done(History history) => Authorship.IsOurs(history)
        ? Endings.Stop(Outcome.Entregada, "Factura emitida: el portal entregó el XML y su sello se verificó.")
        : Endings.Stop(Outcome.Recuperada, "El ticket ya estaba facturado a este RFC; se recuperó el XML y su sello se verificó.");
}
