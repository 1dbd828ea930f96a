using Invoicing.Tickets.Consumers;

namespace Invoicing.Tickets;

/// <summary>
/// One program, three roles (<c>Role</c>): <c>api</c> answers and hears everything but tickets to read, <c>reader</c> hears only those,
/// <c>all</c> does both. Reading takes a core for seconds and scales apart.
/// </summary>
public sealed record ServiceRole(bool Reads, bool Answers)
{
    public static ServiceRole Of(IConfiguration configuration) => configuration["Role"] switch
    {
        "api" => new(false, true),
        "reader" => new(true, false),
        null or "" or "all" => new(true, true),
        var other => throw new InvalidOperationException($"Role is {other}; it may be api, reader or all"),
    };

    public bool Hears(Type consumer) => consumer == typeof(ReadTicket) || consumer == typeof(ReadTicketDefinition) ? Reads : Answers;
}
