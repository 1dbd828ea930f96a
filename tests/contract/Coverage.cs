using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Invoicing.Contract.Tests;

/// <summary>The calls of the contract that a test walks, <c>METHOD /path</c> with <c>{names}</c> as in the documents.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WalksAttribute(params string[] calls) : NUnitAttribute, IApplyToTest, ITestAction
{
    public IReadOnlyList<string> Calls => calls;

    public ActionTargets Targets => ActionTargets.Test;

    public void ApplyToTest(Test test) => Array.ForEach(calls, call => test.Properties.Add("Walks", call));

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test) =>
        Array.ForEach(calls, call => Coverage.Ended(call, TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Passed));
}

/// <summary>Which calls were made, and whether what was asked of them held.</summary>
internal static class Coverage
{
    private static readonly ConcurrentDictionary<string, bool> Results = new();
    private static readonly ConcurrentDictionary<string, bool> Seen = new();

    public static void Saw(string method, string path) => Seen[$"{method} {path.Split('?')[0]}"] = true;

    public static void Ended(string call, bool passed) => Results.AddOrUpdate(call, passed, (_, before) => before && passed);

    /// <summary>True when such a call was really made, not only named.</summary>
    public static bool WasMade(string call)
    {
        var pattern = "^" + Regex.Replace(Regex.Escape(call.Replace("{", "\u0001", StringComparison.Ordinal).Replace("}", "\u0002", StringComparison.Ordinal)), "\u0001[^\u0002]*\u0002", "[^/]+") + "$";
        return Seen.Keys.Any(seen => Regex.IsMatch(seen, pattern));
    }

    public static string Table()
    {
        var table = new StringBuilder("\ncall                                                                        result\n");
        foreach (var (call, passed) in Results.OrderBy(r => r.Key.Split(' ')[1], StringComparer.Ordinal).ThenBy(r => r.Key, StringComparer.Ordinal))
        {
            table.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{call,-75} {(passed ? "passes" : "FAILS")}{(WasMade(call) ? "" : ", never called")}");
        }

        return table.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"calls covered {Results.Count}, passing {Results.Count(r => r.Value)}").ToString();
    }
}
