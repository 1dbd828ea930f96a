namespace Invoicing.SystemTests.Faults;

/// <summary>The checker finds what it is there to find.</summary>
public sealed class LedgerTests
{
    [Test]
    public void What_went_well_holds()
    {
        var ledger = Done(1, 2, 3);
        Assert.That(ledger.Count(), Is.EqualTo(new Ledger.Counts(3, 3, 3, 0, 0, 0, 0)));
        Assert.That(ledger.Count().Holds, Is.True);
    }

    [Test]
    public void A_promise_without_an_end_is_lost()
    {
        var ledger = Done(1);
        ledger.Ask(2);
        ledger.Promise(2);
        ledger.Emit(2);
        Assert.That((ledger.Count().Lost, ledger.Count().Holds, ledger.Lost[0]), Is.EqualTo((1, false, 2)));
    }

    [Test]
    public void An_end_without_its_effect_is_lost()
    {
        var ledger = Done(1);
        ledger.Ask(2);
        ledger.Promise(2);
        ledger.End(2);
        Assert.That((ledger.Count().Lost, ledger.Count().Holds), Is.EqualTo((1, false)));
    }

    [Test]
    public void A_second_effect_or_a_second_end_is_a_duplicate()
    {
        var (twice, again) = (Done(1, 2), Done(1, 2));
        twice.Emit(2);
        again.End(1);
        Assert.That((twice.Count().Duplicated, twice.Count().Holds, again.Count().Duplicated, again.Count().Holds), Is.EqualTo((1, false, 1, false)));
    }

    [Test]
    public void An_effect_nobody_asked_for_is_unexpected()
    {
        var ledger = Done(1);
        ledger.Emit(7);
        Assert.That((ledger.Count().Unexpected, ledger.Count().Holds), Is.EqualTo((1, false)));
    }

    [Test]
    public void What_was_done_without_a_promise_is_recovered_and_no_fault()
    {
        var ledger = Done(1);
        ledger.Ask(2);
        ledger.Emit(2);
        ledger.End(2);
        Assert.That((ledger.Count().Recovered, ledger.Count().Holds), Is.EqualTo((1, true)));
    }

    private static Ledger Done(params long[] tickets)
    {
        var ledger = new Ledger();
        foreach (var ticket in tickets)
        {
            ledger.Ask(ticket);
            ledger.Promise(ticket);
            ledger.Emit(ticket);
            ledger.End(ticket);
        }

        return ledger;
    }
}
