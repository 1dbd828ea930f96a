namespace Invoicing.Jobs;

/// <summary>candidate: its invoice is not verified yet; current: handed to workers; replaced: a newer one is current; retired: it misled, or an operator took it away.</summary>
public enum RecipeState
{
    candidate,
    current,
    replaced,
    retired,
}

/// <summary>What worked on a portal, as the worker that learned it wrote it. Versions of a host are kept; one at most is current.</summary>
public sealed class PortalRecipe
{
    /// <summary>In a row, until nobody is sent that way any more.</summary>
    public const int MisleadsToRetire = 2;

    public long Id { get; private set; }
    public required string Host { get; init; }

    /// <summary>1, 2, 3… of the host, given when it becomes current; 0 before.</summary>
    public int Version { get; private set; }
    public RecipeState State { get; private set; }

    /// <summary>JSON in the worker's format.</summary>
    public required string Recipe { get; init; }

    /// <summary>learned or operator.</summary>
    public required string Source { get; init; }

    /// <summary>The job whose invoice it brought.</summary>
    public long? JobId { get; init; }
    public required DateTimeOffset LearnedAt { get; init; }
    public DateTimeOffset? CurrentSince { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>Attempts that were given it, how many it brought home, and how many it led astray.</summary>
    public int Uses { get; private set; }
    public int Held { get; private set; }
    public int Misled { get; private set; }
    public int MisledInRow { get; private set; }

    /// <summary>The attempt told of last, <c>job/attempt</c>.</summary>
    public string? LastUse { get; private set; }

    /// <summary>Of the attempts it brought home, together.</summary>
    public double Seconds { get; private set; }
    public int PageLoads { get; private set; }

    public bool IsCandidate => State == RecipeState.candidate;

    /// <summary>Its invoice is verified, or an operator vouches for it.</summary>
    public void Become(int version, DateTimeOffset now) => (State, Version, CurrentSince, MisledInRow) = (RecipeState.current, version, now, 0);

    public void GiveWay() => State = RecipeState.replaced;

    public void Retire(DateTimeOffset now) => (State, RetiredAt) = (RecipeState.retired, now);

    /// <summary>An attempt ended that had replayed it; told again it counts once.</summary>
    public void Used(string attempt, string verdict, double seconds, int pageLoads, DateTimeOffset now)
    {
        if (LastUse == attempt)
        {
            return;
        }

        (Uses, LastUse) = (Uses + 1, attempt);
        if (verdict == "held")
        {
            (Held, MisledInRow, Seconds, PageLoads) = (Held + 1, 0, Seconds + seconds, PageLoads + pageLoads);
        }
        else if (verdict == "misled")
        {
            (Misled, MisledInRow) = (Misled + 1, MisledInRow + 1);
            if (MisledInRow >= MisleadsToRetire && State == RecipeState.current)
            {
                Retire(now);
            }
        }
    }
}
