using System.Collections.Concurrent;
using Invoicing.Portals.Engine.Sat;

namespace Invoicing.Portals.GasGo;

/// <summary>A customer's account, with the taxpayers that it invoices to.</summary>
/// <param name="Correo">The name it logs in with.</param>
public sealed record Account(string Correo, string Contrasena, IReadOnlyList<string> Rfcs);

/// <summary>The accounts, and which browser each is open in: the last to log in.</summary>
public sealed class Accounts
{
    /// <summary>There from the start. Its first RFC, the one active after login, is not Kemper's.</summary>
    public static readonly Account Usual = new("flotilla@kemper.test", "Gasolina-2026", ["XOJI740919U48", "EKU9003173C9"]);

    private readonly ConcurrentDictionary<string, Account> _accounts = new() { [Usual.Correo] = Usual };
    private readonly ConcurrentDictionary<string, string> _open = new();

    public IEnumerable<Account> All => _accounts.Values;

    public Account? Find(string correo) => _accounts.GetValueOrDefault(correo.ToLowerInvariant());

    /// <summary>False if one of its RFCs is unknown to SAT.</summary>
    public bool Add(Account account)
    {
        if (account.Rfcs.Count == 0 || account.Rfcs.Any(rfc => TaxpayerRegistry.Find(rfc) is null)) return false;
        _accounts[account.Correo.ToLowerInvariant()] = account;
        return true;
    }

    public void Enter(Account account, string session) => _open[account.Correo] = session;

    public bool IsOpenIn(Account account, string session) => _open.TryGetValue(account.Correo, out var open) && open == session;

    public void Clear()
    {
        _accounts.Clear();
        _open.Clear();
        _accounts[Usual.Correo] = Usual;
    }
}
