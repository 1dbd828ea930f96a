using Invoicing.Messages;

namespace Invoicing.BrowserAutomation.Captcha;

/// <summary>
/// The first challenge of an attempt is answered by the machine, where the tenant allows it: a sum by arithmetic, a picture by the reader of
/// tickets or by the service, as the tenant chose. What it got wrong a person reads: portals lock a ticket after some wrong answers.
/// </summary>
public sealed class FirstReading(RunAttempt command, Solver solver, LocalReader local, TenantsClient tenants)
{
    private (Solved Solved, string Key)? solved;
    private bool tried;

    /// <summary>Readings that cost, right or wrong.</summary>
    public int Count { get; private set; }

    /// <summary>Answers that cost nothing.</summary>
    public int Locally { get; private set; }

    /// <summary>Null: ask a person.</summary>
    /// <param name="asked">What the portal says beside the box.</param>
    /// <param name="refused">The portal has not accepted the last answer.</param>
    public async Task<string?> TryAsync(string host, string asked, byte[]? picture, bool refused, CancellationToken ct)
    {
        if (refused && solved is var (wrong, payer))
        {
            solved = null;
            await solver.ComplainAsync(payer, wrong, ct);
        }

        // A sum has one answer, however often it is asked; only where that was refused somebody must look.
        if (command.CaptchaSolving && picture is null && !(refused && Locally > 0))
        {
            return Counted(Sum.Of(asked));
        }

        if (!command.CaptchaSolving || tried || picture is null)
        {
            return null;
        }

        return command.CaptchaSolver == "local" ? Counted(await local.ReadAsync(picture, ct)) : await ByServiceAsync(host, picture, ct);
    }

    private string? Counted(string? answer)
    {
        tried |= answer is not null;
        Locally += answer is null ? 0 : 1;
        return answer;
    }

    private async Task<string?> ByServiceAsync(string host, byte[] picture, CancellationToken ct)
    {
        if (!solver.Takes(host) || ((await tenants.ServiceSecretAsync(command.CompanyId, "captcha_solving", ct))?.GetValueOrDefault("key") ?? solver.SharedKey) is not { } key)
        {
            return null;
        }

        tried = true;
        if (await solver.ReadAsync(key, host, picture, ct) is not { } read)
        {
            return null;
        }

        solved = (read, key);
        Count++;
        return read.Text;
    }
}
