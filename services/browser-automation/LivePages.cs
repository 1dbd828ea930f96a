using System.Collections.Concurrent;
using System.Security.Cryptography;
using Invoicing.BrowserAutomation.Browser;
using Invoicing.BrowserAutomation.Engine;

namespace Invoicing.BrowserAutomation;

/// <summary>Pages of this process that wait for a person, by intervention: what is not in here nobody sees or touches.</summary>
public sealed class LivePages
{
    private readonly ConcurrentDictionary<string, LivePage> shown = new();

    /// <summary>From now until it is disposed of, which waits for an input under way.</summary>
    public IAsyncDisposable Show(string interventionId, LivePage page)
    {
        shown[interventionId] = page;
        return new Showing(this, interventionId, page);
    }

    /// <summary>Null when no such page waits here, or it is another tenant's.</summary>
    public LivePage? Find(string interventionId, string companyId) => shown.GetValueOrDefault(interventionId) is { } page && page.CompanyId == companyId ? page : null;

    private sealed class Showing(LivePages pages, string id, LivePage page) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            pages.shown.TryRemove(id, out _);
            await page.CloseAsync();
        }
    }
}

/// <summary>One page while a person is asked: its picture, at most two a second, and what the person does on it, each a step of the job.</summary>
/// <param name="permit">Asked before a click or key: page, what it meets, whether it is Enter.</param>
public sealed class LivePage(string companyId, RemoteHand hand, StepLog steps, Func<Snapshot, string?, bool, Task<Refusal?>> permit, TimeProvider time)
{
    private const int MostInputs = 300;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim gate = new(1, 1);
    private (byte[] Jpeg, string Tag, long At)? last;
    private bool closed;
    private int inputs;

    public string CompanyId => companyId;

    public string Url => hand.Url;

    /// <summary>Null when the page cannot be drawn now, or is nobody's to see any more.</summary>
    public Task<(byte[] Jpeg, string Tag)?> PictureAsync(CancellationToken ct) => AloneAsync<(byte[], string)?>(async () =>
    {
        if (last is { } recent && time.GetElapsedTime(recent.At) < Every)
        {
            return (recent.Jpeg, recent.Tag);
        }

        if (await hand.PictureAsync() is not { } jpeg)
        {
            return null;
        }

        last = (jpeg, $"\"{Convert.ToHexStringLower(SHA256.HashData(jpeg)[..12])}\"", time.GetTimestamp());
        return (jpeg, last.Value.Tag);
    }, null, ct);

    /// <summary>Null when it was done.</summary>
    public Task<Refusal?> DoAsync(PersonInput input, CancellationToken ct) => AloneAsync(async () =>
    {
        if (++inputs > MostInputs)
        {
            return new Refusal("too_many_inputs", $"Ya se hicieron {MostInputs} acciones en esta página; responda a la intervención.");
        }

        try
        {
            var (page, pointed) = await hand.LookAsync(input);
            var field = page.Fields.FirstOrDefault(f => f.Handle == pointed);
            var presses = input.Kind == PersonInput.Click || input is { Kind: PersonInput.Press, Key: "Enter" or "Space" };
            var refusal = presses ? await permit(page, pointed, input.Key == "Enter") : null;
            if (refusal is null)
            {
                await (input.Kind == PersonInput.Text && field?.Kind == FieldKind.Password ? hand.HideAsync(pointed!) : Task.CompletedTask);
                await hand.DoAsync(input);
            }

            var met = field?.Caption ?? page.Controls.FirstOrDefault(c => c.Handle == pointed)?.Caption ?? "";
            await steps.RecordAsync(ActionOf(input), "requiere_intervencion", Told(input, Filling.Short(met)), hand.Url, refusal is null, refusal?.Detail);
            return refusal;
        }
        catch (TimeoutException)
        {
            return new Refusal("page_did_not_answer", "La página no respondió.");
        }
    }, Over, ct);

    /// <summary>Nothing is shown or done any more.</summary>
    public async Task CloseAsync()
    {
        await gate.WaitAsync();
        closed = true;
        await (inputs > 0 ? hand.LearnSecretsAsync() : Task.CompletedTask);
        gate.Release();
    }

    private static Refusal Over { get; } = new("live_over", "La página ya no está abierta para una persona.");

    private async Task<T> AloneAsync<T>(Func<Task<T>> act, T otherwise, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            return closed ? otherwise : await act();
        }
        finally
        {
            gate.Release();
        }
    }

    private static string ActionOf(PersonInput input) => input.Kind switch { PersonInput.Click => "press", PersonInput.Scroll => "scroll", _ => "fill" };

    // What was typed is nobody's business: it may be a password.
    private static string Told(PersonInput input, string met) => $"Una persona ({input.By}) " + input.Kind switch
    {
        PersonInput.Click when met.Length == 0 => $"hizo clic en ({input.X}, {input.Y}).",
        PersonInput.Click => $"hizo clic en «{met}».",
        PersonInput.Text => $"escribió ••• ({input.Value!.Length} caracteres) en «{met}».",
        PersonInput.Press => $"presionó la tecla {input.Key} en «{met}».",
        _ => "desplazó la página.",
    };
}

/// <summary>Why a person's input was not done.</summary>
/// <param name="Code">Stable machine word.</param>
/// <param name="Detail">Spanish.</param>
public sealed record Refusal(string Code, string Detail);
