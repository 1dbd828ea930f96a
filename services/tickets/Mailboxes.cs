using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Invoicing.Tickets.Db;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>Looks into every tenant's mailbox now and then. One process at a time reads a mailbox, whichever it is.</summary>
public sealed class Mailboxes(IServiceScopeFactory scopes, MailboxReader reader, MailboxSettings settings, TimeProvider time, ILogger<Mailboxes> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset UpdatedAt, MailboxAccount Account)> accounts = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Every, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(e, "Mailboxes could not be looked into");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var tenants = scope.ServiceProvider.GetRequiredService<TenantDirectory>();
        var known = await tenants.MailboxesAsync(ct);
        foreach (var gone in accounts.Keys.Except(known.Select(k => k.CompanyId)))
        {
            accounts.TryRemove(gone, out _);
        }

        await Parallel.ForEachAsync(known, new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = ct }, async (mailbox, stop) => await ReadAsync(tenants, mailbox, stop));
    }

    private async Task ReadAsync(TenantDirectory tenants, KnownMailbox mailbox, CancellationToken ct)
    {
        using var named = log.ForTenant(mailbox.CompanyId);
        string? trouble = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TicketsDb>();
            await using var turn = await db.Database.BeginTransactionAsync(ct);
            var number = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("mailbox " + mailbox.CompanyId)));
            if (!await db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock({number}) AS \"Value\"").SingleAsync(ct) || await AccountAsync(tenants, mailbox, ct) is not { } account)
            {
                return;
            }

            await reader.ReadAsync(mailbox.CompanyId, account, ct);
        }
        catch (MailboxException e)
        {
            trouble = e.Message;
            // The cause holds the server's own words, and some servers repeat the password.
            log.LogWarning("The mailbox could not be read: {Trouble} ({Cause})", e.Message, e.InnerException?.GetType().Name);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            trouble = "El buzón no se pudo leer.";
            log.LogError(e, "The mailbox could not be read");
        }

        await NoteAsync(mailbox.CompanyId, trouble, ct);
    }

    private async Task<MailboxAccount?> AccountAsync(TenantDirectory tenants, KnownMailbox mailbox, CancellationToken ct)
    {
        if (accounts.TryGetValue(mailbox.CompanyId, out var held) && held.UpdatedAt == mailbox.UpdatedAt)
        {
            return held.Account;
        }

        if (await tenants.MailboxAsync(mailbox.CompanyId, ct) is not { } account)
        {
            return null;
        }

        accounts[mailbox.CompanyId] = (mailbox.UpdatedAt, account);
        return account;
    }

    private async Task NoteAsync(string companyId, string? trouble, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketsDb>();
        var mailbox = await db.Mailboxes.SingleOrDefaultAsync(m => m.CompanyId == companyId, ct) ?? db.Add(new Mailbox { CompanyId = companyId }).Entity;
        mailbox.Checked(trouble, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}
