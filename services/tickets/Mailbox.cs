namespace Invoicing.Tickets;

/// <summary>How far a tenant's mailbox has been read. A mail counts as taken in the commit that keeps what was in it.</summary>
public sealed class Mailbox
{
    /// <summary>Tries of one mail before it is passed over.</summary>
    public const int MaxTries = 3;

    public required string CompanyId { get; init; }

    /// <summary>The server's word for "these numbers"; when it changes, they begin anew.</summary>
    public long UidValidity { get; private set; }

    /// <summary>The newest mail taken; 0 before the first.</summary>
    public long LastUid { get; private set; }

    /// <summary>The mail after the last taken one failed so often.</summary>
    public int Tries { get; private set; }
    public DateTimeOffset? CheckedAt { get; private set; }

    /// <summary>Why it could not be read the last time, null when it was.</summary>
    public string? Trouble { get; private set; }

    /// <summary>False when the server numbers its mails anew since: then only what nobody has read counts as new.</summary>
    public bool Knows(long uidValidity) => UidValidity == uidValidity && LastUid > 0;

    public void Begin(long uidValidity) => (UidValidity, LastUid, Tries) = UidValidity == uidValidity ? (UidValidity, LastUid, Tries) : (uidValidity, 0, 0);

    public void Took(long uid) => (LastUid, Tries) = (Math.Max(LastUid, uid), 0);

    /// <summary>True: it is passed over, others wait behind it.</summary>
    public bool GiveUpOn(long uid)
    {
        if (++Tries < MaxTries)
        {
            return false;
        }

        Took(uid);
        return true;
    }

    public void Checked(string? trouble, DateTimeOffset now) => (CheckedAt, Trouble) = (now, trouble);
}
