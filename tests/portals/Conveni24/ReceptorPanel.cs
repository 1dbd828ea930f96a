using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Pages;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.Conveni24;

/// <summary>The second block: fiscal data, with three menus whose values are GUIDs of this view.</summary>
internal static class ReceptorPanel
{
    private static readonly string[] Estados =
        ["AGUASCALIENTES", "BAJA CALIFORNIA", "CIUDAD DE MEXICO", "COLIMA", "GUANAJUATO", "HIDALGO", "JALISCO", "MEXICO", "NUEVO LEON", "PUEBLA", "QUERETARO", "YUCATAN"];

    public static string Closed(Visit visit) => Render(visit, "disabled", "ui-state-disabled");

    public static string Opened(Visit visit) => Render(visit, "", "");

    /// <summary>The catalogue key behind a chosen GUID; empty if this session's view did not draw it.</summary>
    public static string KeyOf(Visit visit, string field) => visit.Session.Values.GetValueOrDefault($"opcion:{visit.Field(field)}", "");

    private static string Render(Visit visit, string disabled, string state) => visit.Fragment("receptor",
        ("inactivo", disabled), ("estado_ui", state),
        ("estados", Menu(visit, Estados.Select(name => KeyValuePair.Create(name, name)))),
        ("regimenes", Menu(visit, SatCatalogs.Regimenes)),
        ("usos", Menu(visit, SatCatalogs.Usos)));

    private static string Menu(Visit visit, IEnumerable<KeyValuePair<string, string>> catalogue) => Options.Of(
        catalogue.Select(entry =>
        {
            var guid = Guid.NewGuid().ToString();
            visit.Session.Values[$"opcion:{guid}"] = entry.Key;
            return KeyValuePair.Create(guid, entry.Value);
        }), "", "Seleccione...");
}
