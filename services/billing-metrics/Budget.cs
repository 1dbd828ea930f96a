namespace Invoicing.Billing;

/// <summary>What a company means to spend in a calendar month (America/Mexico_City). Nothing stops at it: it is told when it is near and when it is reached.</summary>
public sealed class Budget
{
    /// <summary>Percent of the amount, each told once a month.</summary>
    private static readonly int[] Thresholds = [80, 100];

    public required string CompanyId { get; init; }

    /// <summary>USD, as the prices are.</summary>
    public required decimal Amount { get; init; }

    public required string ChangedBy { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }

    public IEnumerable<int> Reached(decimal spent) => Thresholds.Where(t => spent * 100 >= Amount * t);
}

/// <summary>That a month's spending reached a threshold.</summary>
public sealed class BudgetAlert
{
    public required string CompanyId { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly Month { get; init; }

    public required int Threshold { get; init; }

    /// <summary>The budget at that moment.</summary>
    public required decimal Amount { get; init; }

    public required decimal Spent { get; init; }
    public required DateTimeOffset At { get; init; }
}
