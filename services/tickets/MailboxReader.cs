using System.Net;
using System.Net.Sockets;
using Invoicing.Tickets.Db;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;

namespace Invoicing.Tickets;

/// <summary>Reads one mailbox: every mail once, oldest first, its files kept in the commit that remembers it; marked as read only after that.</summary>
public sealed class MailboxReader(IServiceScopeFactory scopes, Egress egress, MailServerTrust trust, MailboxSettings settings, TimeProvider time, ILogger<MailboxReader> log)
{
    /// <summary>Mails taken.</summary>
    /// <exception cref="MailboxException">The server cannot be reached, refuses us or speaks nonsense.</exception>
    public async Task<int> ReadAsync(string companyId, MailboxAccount account, CancellationToken ct)
    {
        // Lists of revoked certificates lie wherever the certificate itself says, also behind the egress wall: none is fetched.
        using var imap = new ImapClient { Timeout = (int)settings.Limit.TotalMilliseconds, CheckCertificateRevocation = false };
        imap.ServerCertificateValidationCallback = (_, certificate, chain, errors) => trust.Accepts(certificate, chain, errors);
        try
        {
            var folder = await OpenAsync(imap, account, ct);
            var taken = await TakeAllAsync(companyId, folder, ct);
            await imap.DisconnectAsync(quit: true, ct);
            return taken;
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or SslHandshakeException or ProtocolException or CommandException or FolderNotFoundException or NotSupportedException)
        {
            // Never the server's own words: some repeat what was sent.
            throw new MailboxException(e is AuthenticationException ? "El servidor de correo no aceptó el usuario y la contraseña." : e is SslHandshakeException ? "El certificado del servidor de correo no es válido." : e is FolderNotFoundException ? "La carpeta no existe en el buzón." : "El servidor de correo no respondió como se esperaba.", e);
        }
    }

    private async Task<IMailFolder> OpenAsync(ImapClient imap, MailboxAccount account, CancellationToken ct)
    {
        var ip = (await Dns.GetHostAddressesAsync(account.Host, ct)).FirstOrDefault(i => egress.Allows(i, account.Port)) ?? throw new MailboxException("El servidor de correo está en una red que no se permite.");
        // In the clear only to this machine itself, where an installation allows that at all, and its server offers nothing better.
        var security = account.Port == 993 ? SecureSocketOptions.SslOnConnect : IPAddress.IsLoopback(ip) ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls;
        var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(ip, account.Port, ct);
            await imap.ConnectAsync(socket, account.Host, account.Port, security, ct);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        await imap.AuthenticateAsync(account.Username, account.Password, ct);
        var folder = account.Folder is { } named ? await imap.GetFolderAsync(named, ct) : imap.Inbox;
        await folder.OpenAsync(FolderAccess.ReadWrite, ct);
        return folder;
    }

    private async Task<int> TakeAllAsync(string companyId, IMailFolder folder, CancellationToken ct)
    {
        var (known, last) = await BeginAsync(companyId, folder.UidValidity, ct);
        // From the first mail not taken on, whether somebody has read it meanwhile or not; at first what nobody has read.
        var since = SearchQuery.DeliveredAfter(time.GetUtcNow().UtcDateTime - settings.Oldest);
        SearchQuery query = known ? SearchQuery.Uids(new UniqueIdRange(new UniqueId((uint)last + 1), UniqueId.MaxValue)) : SearchQuery.NotSeen.And(since);
        var next = folder.UidNext;
        var found = (await folder.SearchAsync(query, ct)).Where(u => u.Id > last).OrderBy(u => u.Id).ToList();
        var taken = 0;
        foreach (var uid in found.Take(settings.AtOnce))
        {
            if (!await TakeAsync(companyId, folder, uid, ct))
            {
                return taken;
            }

            taken++;
            await folder.AddFlagsAsync(uid, MessageFlags.Seen, silent: true, ct);
        }

        // Nothing older is new any more: from now on a mail counts also when somebody reads it first.
        if (!known && taken == found.Count && next is { Id: > 1 } coming)
        {
            await ChangeAsync(companyId, m => { m.Took(coming.Id - 1); return true; }, ct);
        }

        return taken;
    }

    private async Task<(bool Known, long LastUid)> BeginAsync(string companyId, long uidValidity, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketsDb>();
        var mailbox = await db.Mailboxes.SingleOrDefaultAsync(m => m.CompanyId == companyId, ct) ?? db.Add(new Mailbox { CompanyId = companyId }).Entity;
        mailbox.Begin(uidValidity);
        await db.SaveChangesAsync(ct);
        return (mailbox.Knows(uidValidity), mailbox.LastUid);
    }

    /// <summary>False: it is tried again at the next look, and what came after it waits.</summary>
    private async Task<bool> TakeAsync(string companyId, IMailFolder folder, UniqueId uid, CancellationToken ct)
    {
        var size = (await folder.FetchAsync([uid], MessageSummaryItems.UniqueId | MessageSummaryItems.Size, ct)).FirstOrDefault()?.Size;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketsDb>();
        try
        {
            var mail = size is null || size > UploadLimits.Body ? null : await OpenAsync(folder, uid, scope.ServiceProvider.GetRequiredService<MailIntake>(), ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var report = mail is null ? null : await scope.ServiceProvider.GetRequiredService<MailIntake>().KeepAsync(companyId, mail, ct);
            (await db.Mailboxes.SingleAsync(m => m.CompanyId == companyId, ct)).Took(uid.Id);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            log.LogInformation("Mail {Uid}: {Received} invoices, {Matched} matched{Note}", uid.Id, report?.Received, report?.Matched.Count, mail is null ? ", larger than allowed or no e-mail" : "");
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !Database.IsAway(e) && e is not (IOException or ProtocolException or CommandException or SocketException) and not ProblemException { Problem.Status: 503 })
        {
            log.LogError(e, "Mail {Uid} of a mailbox could not be taken", uid.Id);
            return await ChangeAsync(companyId, m => m.GiveUpOn(uid.Id), ct);
        }
    }

    private static async Task<OpenedMail?> OpenAsync(IMailFolder folder, UniqueId uid, MailIntake intake, CancellationToken ct)
    {
        await using var raw = await folder.GetStreamAsync(uid, ct);
        try
        {
            return await intake.OpenAsync(raw, ct);
        }
        catch (ProblemException e) when (e.Problem.Status == 400)
        {
            return null;
        }
    }

    private async Task<bool> ChangeAsync(string companyId, Func<Mailbox, bool> change, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TicketsDb>();
        var changed = change(await db.Mailboxes.SingleAsync(m => m.CompanyId == companyId, ct));
        await db.SaveChangesAsync(ct);
        return changed;
    }
}

/// <param name="Folder">Null for the inbox.</param>
public sealed record MailboxAccount(string Host, int Port, string Username, string Password, string? Folder)
{
    /// <summary>Never the password.</summary>
    public override string ToString() => $"{nameof(MailboxAccount)} {Host}:{Port}";
}

/// <summary>Why a mailbox could not be read, in Spanish and without what the server said.</summary>
public sealed class MailboxException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Settings of the section <c>Mailboxes</c>.</summary>
public sealed class MailboxSettings
{
    /// <summary>How often each mailbox is looked into.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For one answer of the server.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Of a mailbox seen for the first time, unread mail up to this age is taken.</summary>
    public TimeSpan Oldest { get; set; } = TimeSpan.FromDays(60);

    /// <summary>Mails of one mailbox in one look.</summary>
    public int AtOnce { get; set; } = 200;

    /// <summary>PEM file of the authorities that vouch for mail servers of the installation's own, beside the system's; read at start.</summary>
    public string? CertificateAuthorities { get; set; }

    /// <summary>Mailboxes at a time.</summary>
    public int Parallel { get; set; } = 4;
}
