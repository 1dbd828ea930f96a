using Invoicing.Portals.Engine.Captcha;
using Invoicing.Portals.Engine.Faults;
using Invoicing.Portals.Engine.Ledger;
using Invoicing.Portals.Engine.Mail;
using Invoicing.Portals.Engine.Pac;
using Invoicing.Portals.Engine.Sat;
using Invoicing.Portals.Engine.Visits;
using Invoicing.Portals.GasGo;

namespace Invoicing.Portals.Engine;

/// <summary>Tickets a merchant begins with.</summary>
public sealed record SeedSize(int Count);

/// <summary>Everything that a run changes, opened at start and put back by a reset. Keys and certificates stay.</summary>
public sealed class World(
    IEnumerable<IPortal> portals,
    TicketLedger ledger,
    Sales sales,
    CfdiPac pac,
    FaultBoard faults,
    Sessions sessions,
    CaptchaDesk captchas,
    RequestLog requests,
    SimulatedClock clock,
    Postbox postbox,
    MailedLinks links,
    Reservations reservations,
    StatusRegister register,
    Accounts accounts,
    SeedSize seed)
{
    public void Open()
    {
        _ = pac.Certificate;
        foreach (var portal in portals)
        {
            pac.CertificateOf(portal.Merchant);
            sales.Seed(portal, seed.Count);
        }
    }

    public void Reset()
    {
        clock.Offset = TimeSpan.Zero;
        faults.Clear();
        ledger.Clear();
        sessions.Clear();
        captchas.Clear();
        requests.Clear();
        postbox.Clear();
        links.Clear();
        reservations.Clear();
        register.Clear();
        accounts.Clear();
        Open();
    }
}
