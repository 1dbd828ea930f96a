using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.BrowserAutomation.Tests.Bench;

/// <summary>The engine and real hands on a page of a test's own, without jobs, messages or files.</summary>
internal static class Walk
{
    private const int Longest = 60;

    /// <summary>Opens the page and goes through it up to what emits, asks or ends; nothing is emitted.</summary>
    internal static async Task<(Move End, List<Move> Moves)> ThroughAsync(PortalSession session, string address, Goal goal)
    {
        await session.GoAsync(address);
        var reader = new PageReader(session);
        var hands = new Hands(session, reader);
        var history = new History();
        var moves = new List<Move>();
        while (moves.Count < Longest)
        {
            var page = await reader.ReadAsync();
            history.Typed.Look(page, asked: false);
            var move = NextMove.Decide(page, goal, history, Pages.Now);
            moves.Add(move);
            if (move is Move.Stop or Move.AskPerson or Move.Press { Emits: true })
            {
                break;
            }

            history.Did(move, page, await DoAsync(move, hands, history), Pages.Now);
        }

        return (moves[^1], moves);
    }

    private static async Task<bool> DoAsync(Move move, Hands hands, History history)
    {
        var done = move is Move.Wait wait ? await hands.PauseAsync(wait) : await hands.DoAsync(move);
        if (move is Move.Choose choose && done.Offered is { Count: > 0 } offered)
        {
            history.Missing[choose.Field.Key] = offered;
        }

        if (move is not Move.Wait and not Move.Fill and not Move.Choose)
        {
            await hands.SettleAsync(TimeSpan.FromSeconds(4));
        }

        return done.Ok;
    }
}
