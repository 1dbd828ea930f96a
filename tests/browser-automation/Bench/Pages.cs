using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>Snapshots made by hand, for the engine without a browser.</summary>
internal static class Pages
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 24, 18, 0, 0, TimeSpan.Zero);

    internal static Goal Goal(Dictionary<string, string>? ticket = null, bool consultOnly = false, Dictionary<string, IReadOnlyList<string>>? alternatives = null) => new(
        ticket ?? new() { ["folio"] = "1234567", ["fecha"] = "2026-11-20", ["total"] = "250.00" }, alternatives ?? [], JobsStandIn.Company, "Comercio", "IIA040805DZ4", consultOnly,
        new Dictionary<string, string>(), "https://portal.example/");

    internal static Field Text(string label, string value = "", int order = 0, string placeholder = "", string name = "", int? max = null, string type = "text", bool disabled = false, bool required = false) =>
        new($"0:{order}", $"{label}{name}{order}", FieldKind.Text, label, Placeholder: placeholder, Name: name, Type: type, Value: value, MaxLength: max, Disabled: disabled, Required: required, Order: order);

    internal static Field Select(string label, string[] options, int order, string value = "") =>
        new($"0:{order}", $"{label}{order}", FieldKind.Select, label, Value: value, Options: [.. options.Select((o, i) => new Choice(o, $"v{i}", o == value))], Order: order);

    internal static Control Button(string text, int order = 900, string kind = "button", string href = "", bool disabled = false) => new($"0:{order}", text, kind, Href: href, Disabled: disabled, Order: order);

    internal static Snapshot Page(IReadOnlyList<Field>? fields = null, IReadOnlyList<Control>? controls = null, params string[] notices) => Snapshot.Empty with
    {
        Url = "https://portal.example/factura", HttpStatus = 200, Fields = fields ?? [], Controls = controls ?? [], Notices = [.. notices.Select(n => new Notice(n, "error"))], Lines = notices,
    };

    internal static Move Decide(Snapshot page, Goal? goal = null, History? history = null) => NextMove.Decide(page, goal ?? Goal(), history ?? new History(), Now);

    /// <summary>The receptor's part, filled as wanted.</summary>
    internal static Field[] Receptor(int from = 100) =>
    [
        Text("RFC", JobsStandIn.Company.Rfc, from), Text("Nombre o razón social", JobsStandIn.Company.Nombre, from + 1), Text("C.P.", JobsStandIn.Company.CodigoPostal, from + 2),
        Select("Régimen fiscal", ["Seleccione", "601 - General de Ley Personas Morales"], from + 3, "601 - General de Ley Personas Morales"),
        Select("Uso de CFDI", ["Seleccione", "G03 - Gastos en general"], from + 4, "G03 - Gastos en general"), Text("Correo electrónico", JobsStandIn.Company.Correo, from + 5),
    ];

    /// <summary>A history in which the whole receptor has been typed.</summary>
    /// <param name="history">What was done before, null for nothing.</param>
    internal static History Typed(Snapshot page, History? history = null)
    {
        history ??= new History();
        foreach (var mapped in FieldMap.Of(page.Fields, Goal()).Where(m => m.Wanted is not null))
        {
            history.Did(new Move.Fill(mapped.Field, mapped.Canonical!, mapped.Wanted!, false, false, ""), Snapshot.Empty, true, Now);
        }

        return history;
    }
}
