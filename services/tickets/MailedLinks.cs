using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Text;

namespace Invoicing.Tickets;

/// <summary>An address in a mail whose words promise an invoice.</summary>
public sealed record MailedLink(string Address, string Text);

/// <summary>Files that a mail does not carry but points to. Within the walls of <see cref="Egress"/>, without following the mail's other links.</summary>
public sealed partial class MailedLinks(HttpClient http, Egress egress)
{
    private const int MaxLinks = 6;
    private const int MaxText = 400;
    private const int MaxRedirects = 4;
    private const int MaxBytes = 5 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Links that by their words give an XML, a PDF or an invoice; those that promise an XML first.</summary>
    public static IReadOnlyList<MailedLink> In(MimeMessage message) =>
    [
        .. Anchors(message.HtmlBody ?? "")
            .Concat(Bare().Matches(message.TextBody ?? "").Select(m => new MailedLink(m.Groups[2].Value, m.Groups[1].Value.Trim())))
            .Where(l => Uri.TryCreate(l.Address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && Promises().IsMatch($"{l.Text} {l.Address}") && !Other().IsMatch($"{l.Text} {l.Address}"))
            .DistinctBy(l => l.Address).OrderBy(l => $"{l.Text} {l.Address}".Contains("xml", StringComparison.OrdinalIgnoreCase) ? 0 : 1).Take(MaxLinks),
    ];

    /// <summary>The files behind the links, and for each link that gave none why (<c>enlace_vencido</c>, <c>enlace_inaccesible</c>, <c>forbidden_address</c>).</summary>
    public async Task<(IReadOnlyList<MailedFile> Files, IReadOnlyList<(MailedLink Link, Refusal Why)> Dead)> FollowAsync(IReadOnlyList<MailedLink> links, CancellationToken ct)
    {
        var (files, dead) = (new List<MailedFile>(), new List<(MailedLink, Refusal)>());
        foreach (var link in links)
        {
            var (found, why) = await FetchAsync(link.Address, ct);
            files.AddRange(found);
            if (why is not null)
            {
                dead.Add((link, why));
            }
        }

        return (files, dead);
    }

    private async Task<(IReadOnlyList<MailedFile> Files, Refusal? Why)> FetchAsync(string address, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            for (var hop = 0; hop <= MaxRedirects; hop++)
            {
                if (egress.Refuse(address) is { } forbidden)
                {
                    return ([], new Refusal("forbidden_address", forbidden));
                }

                using var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if (answer.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest && answer.Headers.Location is { } next)
                {
                    address = new Uri(new Uri(address), next).AbsoluteUri;
                    continue;
                }

                return answer.StatusCode is HttpStatusCode.Gone or HttpStatusCode.NotFound ? ([], new Refusal("enlace_vencido", "El enlace del correo venció o ya no existe; pida la factura otra vez."))
                    : !answer.IsSuccessStatusCode ? ([], Unreachable) : (MailedFiles.Open(NameOf(answer, address), await ReadAsync(answer, limit.Token)), null);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
        {
            // A link of a mail is a stranger's word: that it leads nowhere is an answer, not a failure of ours.
        }

        return ([], Unreachable);
    }

    /// <summary>Every link of the page with the words it stands on.</summary>
    private static IEnumerable<MailedLink> Anchors(string html)
    {
        var tokens = new HtmlTokenizer(new StringReader(html));
        var (address, text) = ((string?)null, new StringBuilder());
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken { Id: HtmlTagId.A } tag)
            {
                if (address is not null)
                {
                    yield return new MailedLink(address, text.ToString().Trim());
                }

                address = tag.IsEndTag ? null : tag.Attributes.FirstOrDefault(a => a.Id == HtmlAttributeId.Href)?.Value?.Trim();
                text.Clear();
            }
            else if (address is not null && text.Length < MaxText)
            {
                text.Append(token is HtmlDataToken words ? words.Data : " ");
            }
        }
    }

    private static Refusal Unreachable { get; } = new("enlace_inaccesible", "El enlace del correo no entregó ningún archivo.");

    // One byte more than is allowed is enough to be too large for an invoice.
    private static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return bytes[..length];
    }

    private static string NameOf(HttpResponseMessage answer, string address) =>
        answer.Content.Headers.ContentDisposition is { } given && (given.FileNameStar ?? given.FileName)?.Trim('"') is { Length: > 0 } name ? name : new Uri(address).Segments[^1];

    [GeneratedRegex("^(.{0,200}?)(https?://[^\\s<>\"']{1,2000})", RegexOptions.Multiline, 1000)]
    private static partial Regex Bare();

    [GeneratedRegex("xml|pdf|cfdi|factura|comprobante|descarg|\\bzip\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Promises();

    [GeneratedRegex("cancela|baja|suscri|encuesta|promo|oferta|aviso de privacidad|t[ée]rminos|facebook|instagram|twitter|refactura", RegexOptions.IgnoreCase)]
    private static partial Regex Other();
}
