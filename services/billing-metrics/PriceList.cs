namespace Invoicing.Billing;

/// <summary>A price from a day on, until the next one of the same resource. Rows are added, never changed: closed jobs keep their price.</summary>
public sealed class Price
{
    /// <summary>Any model that has no row of its own.</summary>
    public const string AnyModel = "*";

    public long Id { get; private set; }

    /// <summary>ocr_second, ocr_page, browser_second, captcha, model_input_token, model_output_token or stored_byte.</summary>
    public required string Resource { get; init; }

    /// <summary>The model's name for tokens, empty otherwise.</summary>
    public required string Variant { get; init; }

    /// <summary>USD per unit.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>First day (America/Mexico_City).</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Where the number comes from.</summary>
    public required string Note { get; init; }
}

/// <summary>The prices of one day.</summary>
public sealed class PriceList(IEnumerable<Price> all, DateOnly day)
{
    private readonly List<Price> valid = [.. all.Where(p => p.ValidFrom <= day).OrderByDescending(p => p.ValidFrom).ThenByDescending(p => p.Id)];

    /// <exception cref="InvalidOperationException">A resource that was used has no price on that day.</exception>
    public Cost Of(Consumption used, string? model) => new(
        Amount("ocr_second", (decimal)used.OcrSeconds) + Amount("ocr_page", used.OcrPages),
        Amount("browser_second", (decimal)used.BrowserSeconds),
        Amount("captcha", used.CaptchasByService),
        Amount("model_input_token", used.ModelInputTokens, model) + Amount("model_output_token", used.ModelOutputTokens, model),
        Amount("stored_byte", used.StoredBytes));

    private decimal Amount(string resource, decimal quantity, string? model = null)
    {
        if (quantity == 0)
        {
            return 0;
        }

        var candidates = valid.Where(p => p.Resource == resource).ToList();
        var price = candidates.FirstOrDefault(p => p.Variant == (model ?? ""))
            ?? candidates.FirstOrDefault(p => p.Variant == Price.AnyModel)
            ?? throw new InvalidOperationException($"{resource} has no price on {day:O}");
        return Math.Round(quantity * price.UnitPrice, 6, MidpointRounding.AwayFromZero);
    }
}
