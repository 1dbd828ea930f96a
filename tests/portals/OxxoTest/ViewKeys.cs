using Invoicing.Portals.Engine;
using Invoicing.Portals.Engine.Visits;

namespace Invoicing.Portals.OxxoTest;

/// <summary>Option values that mean nothing outside the view that drew them, as JSF component trees make them.</summary>
internal static class ViewKeys
{
    /// <summary>New values for a catalogue, remembered by the session; value to label.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Draw(Visit visit, IEnumerable<KeyValuePair<string, string>> catalogue)
    {
        foreach (var (key, text) in catalogue)
        {
            var value = $"{Chance.Hex(8)}-{Chance.Hex(4)}-{Chance.Hex(12)}";
            visit.Session.Values[$"opcion:{value}"] = key;
            yield return new(value, $"{text} ({key})");
        }
    }

    /// <summary>The catalogue key behind a chosen value; empty if this session's view did not draw it.</summary>
    public static string KeyOf(Visit visit, string value) => visit.Session.Values.GetValueOrDefault($"opcion:{value}", "");
}
