using System.Collections.Concurrent;

namespace Invoicing.SystemTests.Faults;

/// <summary>
/// What a client asked, what it was promised and what came of it, for each ticket; seven counters, as broker tests keep them for messages. An
/// effect is one invoice emitted at the portal.
/// </summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<long, int> asked = new();
    private readonly ConcurrentDictionary<long, int> promised = new();
    private readonly ConcurrentDictionary<long, int> effects = new();
    private readonly ConcurrentDictionary<long, int> ended = new();

    /// <param name="Attempted">Requests sent.</param>
    /// <param name="Acknowledged">Of them, answered with success.</param>
    /// <param name="Ok">Acknowledged, ended with success, one effect.</param>
    /// <param name="Lost">Acknowledged, and never ended or without effect.</param>
    /// <param name="Duplicated">Effects and ends too many.</param>
    /// <param name="Unexpected">Effects nobody asked for.</param>
    /// <param name="Recovered">Not acknowledged, and done all the same.</param>
    public sealed record Counts(int Attempted, int Acknowledged, int Ok, int Lost, int Duplicated, int Unexpected, int Recovered)
    {
        public bool Holds => (Lost, Duplicated, Unexpected) == (0, 0, 0);
    }

    public int Promised => promised.Count;

    public int Effects => effects.Count;

    public void Ask(long ticket) => Add(asked, ticket);

    public void Promise(long ticket) => Add(promised, ticket);

    public void Emit(long ticket) => Add(effects, ticket);

    public bool HasEmitted(long ticket) => effects.ContainsKey(ticket);

    /// <summary>A job of the ticket ended with success.</summary>
    public void End(long ticket) => Add(ended, ticket);

    public IReadOnlyList<long> Lost => [.. promised.Keys.Where(t => !ended.ContainsKey(t) || !effects.ContainsKey(t)).Order()];

    public Counts Count() => new(
        asked.Count, promised.Count, promised.Keys.Count(t => ended.ContainsKey(t) && effects.GetValueOrDefault(t) == 1), Lost.Count,
        effects.Values.Concat(ended.Values).Sum(times => times - 1), effects.Keys.Count(t => !asked.ContainsKey(t)),
        ended.Keys.Count(t => !promised.ContainsKey(t)));

    private static void Add(ConcurrentDictionary<long, int> to, long ticket) => to.AddOrUpdate(ticket, 1, (_, times) => times + 1);
}
