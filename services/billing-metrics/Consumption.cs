using Invoicing.Messages;

namespace Invoicing.Billing;

/// <summary>What was used, in the units that have a price.</summary>
/// <param name="CaptchasSolved">All; only <paramref name="CaptchasByService"/> of them cost.</param>
public sealed record Consumption(
    double OcrSeconds, double BrowserSeconds, int CaptchasSolved, int CaptchasByService, long ModelInputTokens, long ModelOutputTokens, long StoredBytes, int OcrPages = 0)
{
    public static Consumption None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public static Consumption Of(JobUsage u) =>
        new(u.OcrSeconds, u.BrowserSeconds, u.CaptchasSolved, u.CaptchasByService, u.ModelInputTokens, u.ModelOutputTokens, u.StoredBytes, u.OcrPages);

    public Consumption Plus(Consumption o) => new(
        OcrSeconds + o.OcrSeconds, BrowserSeconds + o.BrowserSeconds, CaptchasSolved + o.CaptchasSolved, CaptchasByService + o.CaptchasByService,
        ModelInputTokens + o.ModelInputTokens, ModelOutputTokens + o.ModelOutputTokens, StoredBytes + o.StoredBytes, OcrPages + o.OcrPages);

    /// <summary>What is new since <paramref name="counted"/>; never less than nothing, also when closings of one job are heard out of order.</summary>
    public Consumption Beyond(Consumption counted) => new(
        Math.Max(0, OcrSeconds - counted.OcrSeconds), Math.Max(0, BrowserSeconds - counted.BrowserSeconds), Math.Max(0, CaptchasSolved - counted.CaptchasSolved),
        Math.Max(0, CaptchasByService - counted.CaptchasByService), Math.Max(0, ModelInputTokens - counted.ModelInputTokens),
        Math.Max(0, ModelOutputTokens - counted.ModelOutputTokens), Math.Max(0, StoredBytes - counted.StoredBytes), Math.Max(0, OcrPages - counted.OcrPages));
}
