namespace Invoicing.Tickets.Reading;

/// <summary>Subtotal, tax and total that prove each other.</summary>
/// <param name="Cost">0 when all three are as they were read first.</param>
internal readonly record struct Sum(decimal Subtotal, decimal Iva, decimal Total, int Cost);

/// <summary>
/// The arithmetic of a ticket: subtotal and tax make the total, and the tax is 16 or 8 hundredths. It proves readings, and picks among
/// several readings of one print those that fit together.
/// </summary>
internal static class Sums
{
    private static readonly decimal[] Rates = [.16m, .08m];

    /// <summary>The likeliest readings that add up; null when none do.</summary>
    /// <param name="extra">Other taxes and tips, less discounts.</param>
    public static Sum? Proven(List<(decimal Amount, int Cost)> subtotals, List<(decimal Amount, int Cost)> ivas, List<(decimal Amount, int Cost)> totals, decimal extra)
    {
        var three = from s in subtotals from i in ivas from t in totals where Near(s.Amount + i.Amount + extra, t.Amount) || Near(s.Amount + i.Amount, t.Amount) select new Sum(s.Amount, i.Amount, t.Amount, s.Cost + i.Cost + t.Cost);
        var two = from rate in Rates
                  from t in totals
                  let subtotal = Math.Round(t.Amount / (1 + rate), 2)
                  let cost = ivas.Where(i => i.Amount > 0 && Near(i.Amount, t.Amount - subtotal)).Concat(subtotals.Where(s => s.Amount > 0 && Near(s.Amount, subtotal))).Select(found => (int?)found.Cost).Min()
                  where cost is not null
                  // What is proven by its rate alone is proven less than what adds up.
                  select new Sum(subtotal, t.Amount - subtotal, t.Amount, 1 + t.Cost + cost.Value);
        return three.Concat(two).OrderBy(sum => sum.Cost).Cast<Sum?>().FirstOrDefault();
    }

    public static bool IsTaxed(decimal bare, decimal whole) => bare > 0 && Array.Exists(Rates, rate => Near(Math.Round(bare * (1 + rate), 2), whole));

    private static bool Near(decimal a, decimal b) => Math.Abs(a - b) <= .01m;
}
