using System.Net.Http.Headers;

namespace Invoicing.Portals.Engine.Mail;

/// <summary>Carries each arrived letter to an inbox (<c>Portals:MailPush</c>, loopback only) as message/rfc822, again after ten seconds if it was not taken.</summary>
public sealed class MailPush(Uri inbox, Postbox postbox, TimeProvider time, ILogger<MailPush> logger) : BackgroundService
{
    private readonly HashSet<string> _taken = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        while (!stoppingToken.IsCancellationRequested)
        {
            var taken = true;
            foreach (var letter in postbox.All.Where(letter => postbox.Arrived(letter) && !_taken.Contains(letter.Id)))
                taken &= await Carry(http, letter, stoppingToken);
            await Task.Delay(TimeSpan.FromSeconds(taken ? 1 : 10), time, stoppingToken);
        }
    }

    private async Task<bool> Carry(HttpClient http, Letter letter, CancellationToken cancellation)
    {
        try
        {
            using var content = new ByteArrayContent(letter.Eml.Value);
            content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
            using var answer = await http.PostAsync(inbox, content, cancellation);
            if (!answer.IsSuccessStatusCode) logger.LogWarning("The inbox answered {Status} to letter {Letter}.", (int)answer.StatusCode, letter.Id);
            return answer.IsSuccessStatusCode && _taken.Add(letter.Id);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            logger.LogWarning("The inbox was not reached: {Reason}", e.Message);
            return false;
        }
    }
}
