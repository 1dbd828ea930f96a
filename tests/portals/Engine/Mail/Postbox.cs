using System.Collections.Concurrent;

namespace Invoicing.Portals.Engine.Mail;

/// <summary>Every letter that was sent, arrived or not.</summary>
public sealed class Postbox(SimulatedClock clock)
{
    private readonly ConcurrentDictionary<string, Letter> _letters = new();

    public IReadOnlyList<Letter> All => [.. _letters.Values.OrderBy(letter => letter.DueAt)];

    public void Add(Letter letter) => _letters[letter.Id] = letter;

    public bool Arrived(Letter letter) => letter.DueAt <= clock.GetUtcNow();

    /// <summary>Null if there is none or it is still on its way.</summary>
    public Letter? Open(string id) => _letters.TryGetValue(id, out var letter) && Arrived(letter) ? letter : null;

    public void Clear() => _letters.Clear();
}
