using Microsoft.AspNetCore.Http.Features;

namespace Invoicing.Tickets;

/// <summary>How much a client may send at once.</summary>
internal static class UploadLimits
{
    /// <summary>A file of 15 MB in base64, and the rest of its JSON.</summary>
    public const long Body = 24 * 1024 * 1024;

    /// <summary>Characters of a ticket that was typed.</summary>
    public const int Text = 1_000_000;

    public static void Apply(FormOptions form)
    {
        form.MultipartBodyLengthLimit = Body;
        form.ValueLengthLimit = 4 * Text;
        form.ValueCountLimit = 200;
    }
}
