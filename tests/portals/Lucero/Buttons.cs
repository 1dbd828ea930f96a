using System.Text.Encodings.Web;

namespace Invoicing.Portals.Lucero;

/// <summary>GET img/{words}.svg: a button's picture, its words drawn in.</summary>
internal static class Buttons
{
    public static IResult Draw(string words) => Results.Content(
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"150\" height=\"34\"><rect width=\"150\" height=\"34\" rx=\"6\" fill=\"#7b241c\"/><text x=\"75\" y=\"22\" fill=\"#fff\" font-family=\"Arial\" font-size=\"14\" text-anchor=\"middle\">{HtmlEncoder.Default.Encode(words)}</text></svg>",
        "image/svg+xml");
}
