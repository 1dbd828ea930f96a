using Invoicing.Portals.Engine.Ledger;

namespace Invoicing.Portals.Engine;

/// <summary>One simulated portal: whose it is, what its tickets carry and print, and its pages.</summary>
public interface IPortal
{
    Merchant Merchant { get; }

    /// <summary>Names the session cookie; cookies ignore ports, so no two portals may share a name.</summary>
    string SessionCookie { get; }

    /// <summary>The form field that carries the folio, by which a fault finds its ticket before the session has one.</summary>
    string FolioField => "folio";

    /// <summary>How long its server remembers an idle browser.</summary>
    TimeSpan SessionLife => TimeSpan.FromMinutes(20);

    /// <summary>Where a person lands again when the session is gone.</summary>
    string FirstPage { get; }

    /// <summary>What its shops sell.</summary>
    IReadOnlyList<Product> Products { get; }

    /// <summary>The values that the form will ask besides fecha and total, e.g. <c>folio</c>, <c>web_id</c>.</summary>
    IDictionary<string, string> NewFields();

    /// <summary>The printed ticket, line by line.</summary>
    /// <param name="addresses">Invoicing addresses as printed, in order.</param>
    IEnumerable<string> Print(Ticket ticket, IReadOnlyList<string> addresses);

    void Map(IEndpointRouteBuilder routes);
}
