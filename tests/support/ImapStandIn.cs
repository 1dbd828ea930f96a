using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Invoicing.TestSupport;

/// <summary>As much of an IMAP4rev1 server as a reader of one inbox needs: one account, one folder, on loopback.</summary>
public sealed partial class ImapStandIn : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? certificate;
    private readonly CancellationTokenSource stop = new();
    private readonly List<(uint Uid, byte[] Raw)> mails = [];
    private readonly Task serving;

    /// <param name="certificate">By the server's address. With one it asks for STARTTLS, and nobody is let in before; null: in the clear.</param>
    public ImapStandIn(Func<string, X509Certificate2>? certificate = null)
    {
        this.certificate = certificate?.Invoke(Host);
        listener.Start();
        serving = ServeAsync();
    }

    public const string User = "facturas@empresa.example";

    public string Password { get; } = $"cl4ve-{Guid.NewGuid():N}";

    public static string Host { get; } = IPAddress.Loopback.ToString();

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public uint UidValidity { get; set; } = 7;

    public ConcurrentDictionary<uint, bool> Seen { get; } = new();

    /// <summary>Every line of every client.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    /// <summary>Cuts the connection instead of taking a flag: what was taken is not marked.</summary>
    public bool BreaksBeforeMarking { get; set; }

    /// <summary>What it says of a mail's size, where that is not the truth.</summary>
    public ConcurrentDictionary<uint, long> Claims { get; } = new();

    public uint Deliver(byte[] raw, bool seen = false)
    {
        lock (mails)
        {
            var uid = mails.Count == 0 ? 1 : mails[^1].Uid + 1;
            mails.Add((uid, raw));
            Seen[uid] = seen;
            return uid;
        }
    }

    /// <summary>The same mails under other numbers.</summary>
    public void NumberAnew()
    {
        lock (mails)
        {
            UidValidity++;
            var old = mails.ToArray();
            mails.Clear();
            mails.AddRange(old.Select((m, i) => ((uint)(i + 1), m.Raw)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        certificate?.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = Task.Run(() => TalkAsync(client));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            Stream stream = client.GetStream();
            var reader = new StreamReader(stream, Encoding.Latin1);
            await SayAsync(stream, $"* OK [CAPABILITY {Capabilities(stream)}] ready");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                Heard.Enqueue(line);
                if (certificate is not null && stream is not SslStream && line.EndsWith(" STARTTLS", StringComparison.OrdinalIgnoreCase))
                {
                    await SayAsync(stream, $"{line.Split(' ')[0]} OK begin");
                    stream = await SecureAsync(stream);
                    reader = new StreamReader(stream, Encoding.Latin1);
                }
                else if (await AnswerAsync(stream, reader, line))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away.
        }
    }

    private async Task<Stream> SecureAsync(Stream plain)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
        return secure;
    }

    private string Capabilities(Stream stream) => certificate is null || stream is SslStream ? "IMAP4rev1 AUTH=PLAIN" : "IMAP4rev1 STARTTLS LOGINDISABLED";

    /// <summary>True: the talk is over.</summary>
    private async Task<bool> AnswerAsync(Stream stream, StreamReader reader, string line)
    {
        var (tag, command) = line.Split(' ', 2) is [var t, var c] ? (t, c) : (line, "");
        var done = "OK done";
        if (command.StartsWith("AUTHENTICATE PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            await SayAsync(stream, "+ ");
            var given = Encoding.UTF8.GetString(Convert.FromBase64String(await reader.ReadLineAsync(stop.Token) ?? ""));
            done = given.Split('\0') is [_, User, var word] && word == Password ? "OK [CAPABILITY IMAP4rev1] in" : $"NO [AUTHENTICATIONFAILED] {given.Replace('\0', ' ')} is not known";
        }
        else if (command.StartsWith("CAPABILITY", StringComparison.OrdinalIgnoreCase))
        {
            await SayAsync(stream, $"* CAPABILITY {Capabilities(stream)}");
        }
        else if (command.StartsWith("LOGIN", StringComparison.OrdinalIgnoreCase))
        {
            done = $"NO [AUTHENTICATIONFAILED] {command} is not known";
        }
        else if (command.StartsWith("LIST", StringComparison.OrdinalIgnoreCase))
        {
            await SayAsync(stream, "* LIST () \"/\" INBOX");
        }
        else if (command.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase))
        {
            await SayAsync(stream, [$"* {All.Count} EXISTS", "* 0 RECENT", @"* FLAGS (\Seen)", @"* OK [PERMANENTFLAGS (\Seen)] kept", $"* OK [UIDVALIDITY {UidValidity}] numbers", $"* OK [UIDNEXT {All.Select(m => m.Uid).DefaultIfEmpty().Max() + 1}] next"]);
            done = "OK [READ-WRITE] selected";
        }
        else if (command.StartsWith("UID SEARCH", StringComparison.OrdinalIgnoreCase))
        {
            await SayAsync(stream, $"* SEARCH {string.Join(' ', Found(command))}");
        }
        else if (command.StartsWith("UID FETCH", StringComparison.OrdinalIgnoreCase))
        {
            await FetchAsync(stream, command);
        }
        else if (command.StartsWith("UID STORE", StringComparison.OrdinalIgnoreCase))
        {
            if (BreaksBeforeMarking)
            {
                return true;
            }

            Seen[uint.Parse(command.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)] = true;
        }

        await SayAsync(stream, $"{tag} {done}");
        return command.StartsWith("LOGOUT", StringComparison.OrdinalIgnoreCase);
    }

    private List<(uint Uid, byte[] Raw)> All
    {
        get { lock (mails) { return [.. mails]; } }
    }

    private IEnumerable<uint> Found(string command)
    {
        var from = Range().Match(command) is { Success: true } range ? uint.Parse(range.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var unseen = command.Contains("UNSEEN", StringComparison.OrdinalIgnoreCase);
        return All.Where(m => m.Uid >= from && !(unseen && Seen[m.Uid])).Select(m => m.Uid);
    }

    private async Task FetchAsync(Stream stream, string command)
    {
        var uid = uint.Parse(command.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        var at = All.FindIndex(m => m.Uid == uid);
        var raw = All[at].Raw;
        if (command.Contains("RFC822.SIZE", StringComparison.OrdinalIgnoreCase))
        {
            await SayAsync(stream, $"* {at + 1} FETCH (UID {uid} RFC822.SIZE {Claims.GetValueOrDefault(uid, raw.Length)})");
            return;
        }

        await SayAsync(stream, $"* {at + 1} FETCH (UID {uid} BODY[] {{{raw.Length}}}");
        await stream.WriteAsync(raw);
        await SayAsync(stream, ")");
    }

    private static async Task SayAsync(Stream stream, params string[] lines) => await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Concat(lines.Select(l => l + "\r\n"))));

    [GeneratedRegex(@"UID (\d+):")]
    private static partial Regex Range();
}
