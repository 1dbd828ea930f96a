namespace Invoicing.Billing;

/// <summary>USD by what it was spent on, each to six decimals; the total is their exact sum.</summary>
public sealed record Cost(decimal Ocr, decimal Browser, decimal Captcha, decimal Model, decimal Storage)
{
    public const string Currency = "USD";

    public static Cost None { get; } = new(0, 0, 0, 0, 0);

    public decimal Total => Ocr + Browser + Captcha + Model + Storage;

    public Cost Plus(Cost o) => new(Ocr + o.Ocr, Browser + o.Browser, Captcha + o.Captcha, Model + o.Model, Storage + o.Storage);

    /// <summary>The contract's <c>cost_breakdown</c>.</summary>
    public IReadOnlyDictionary<string, decimal> Breakdown() => new Dictionary<string, decimal>
    {
        ["ocr"] = Ocr, ["browser"] = Browser, ["captcha"] = Captcha, ["model"] = Model, ["storage"] = Storage, ["total"] = Total,
    };
}
