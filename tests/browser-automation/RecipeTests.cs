using Invoicing.BrowserAutomation.Engine;
using Invoicing.BrowserAutomation.Tests.Bench;

namespace Invoicing.BrowserAutomation.Tests;

/// <summary>What is kept of a portal, and what is done by rote.</summary>
public sealed class RecipeTests
{
    private static readonly string[] Privates = ["EKU9003173C9", "A-1234567"];

    [Test]
    public void A_recipe_is_written_and_read_and_another_format_is_none()
    {
        var recipe = new Recipe { Fields = { ["folio|txt"] = "folio" }, Quiet = { "folio|txt" } };

        Assert.That(Recipe.Read(recipe.Write())!.Write(), Is.EqualTo(recipe.Write()));
        Assert.That(Recipe.Read("""{"format":1}"""), Is.Null);
        Assert.That(Recipe.Read("no"), Is.Null);
    }

    [Test]
    public void What_was_seen_last_wins_and_nothing_private_is_told_to_others()
    {
        var old = new Recipe { Fields = { ["a"] = "folio" }, Quiet = { "a", "b" } };
        var seen = new Recipe { Fields = { ["a"] = "total" }, Presses = { ["p"] = "continuar", ["eku9003173c9 es correcto"] = "si", ["q"] = "facturar a 1234567" }, Quiet = { "c" } };

        var healed = old.Healed(seen, ["b"], [.. Privates, "1234567"]);

        Assert.That(healed.Fields["a"], Is.EqualTo("total"));
        Assert.That(healed.Presses.Keys, Is.EqualTo(new[] { "p" }));
        Assert.That(healed.Quiet, Is.EqualTo(new[] { "a", "c" }));
    }

    [Test]
    public void An_address_that_is_printed_wrongly_leads_to_the_one_that_worked_on_the_same_host()
    {
        var seen = new Recipe();
        seen.Redirect("https://portal.example/cortad", "https://portal.example/inicio.do");
        seen.Redirect("https://otro.example/", "https://portal.example/inicio.do");

        Assert.That(new Recipe().Healed(seen, [], Privates).Instead, Is.EqualTo(new Dictionary<string, string> { ["https://portal.example/cortad"] = "https://portal.example/inicio.do" }));
    }

    [Test]
    public void The_forms_address_is_kept_for_the_merchant_and_not_when_it_was_made_for_one_visit()
    {
        var (recipe, goal) = (new Recipe(), Pages.Goal());
        recipe.Enter("https://portal.example/", "https://portal.example/frm.aspx", goal);
        recipe.Enter("https://portal.example/b", "https://portal.example/frm;jsessionid=AB", goal);
        recipe.Enter("https://portal.example/c", "https://portal.example/t/99887766", goal);
        recipe.Enter("https://portal.example/d", "https://elsewhere.example/frm", goal);

        Assert.That(recipe.Entries, Has.Count.EqualTo(1));
        Assert.That(recipe.EntryFor("https://portal.example", goal), Is.EqualTo("https://portal.example/frm.aspx"));
        Assert.That(recipe.EntryFor("https://portal.example", goal with { MerchantRfc = "OTR010101AAA" }), Is.Null);
    }

    [Test]
    public void Fields_known_to_be_quiet_are_typed_in_one_go_up_to_the_first_that_is_not()
    {
        var page = Pages.Page([Pages.Text("Folio", order: 1), Pages.Text("Total", order: 2), Pages.Text("RFC", order: 3), Pages.Text("Correo", order: 4)], [Pages.Button("Continuar")]);
        var known = new Recipe();
        known.Quiet.UnionWith(page.Fields.Where(f => f.Label != "RFC").Select(Recipe.FieldKey));
        var history = new History { Known = known };

        var move = Rote.Together(NextMove.Decide(page, Pages.Goal(), history, Pages.Now), page, Pages.Goal(), history);

        Assert.That(move, Is.InstanceOf<Move.FillForm>());
        Assert.That(((Move.FillForm)move).Parts.Cast<Move.Fill>().Select(f => f.Canonical), Is.EqualTo(new[] { "folio", "total" }));
        Assert.That(Rote.Together(((Move.FillForm)move).Parts[0], page, Pages.Goal(), new History()), Is.InstanceOf<Move.Fill>(), "without a recipe one at a time");
    }

    [Test]
    public void A_field_after_which_another_changed_is_not_quiet()
    {
        var (rfc, name) = (Pages.Text("RFC", order: 1), Pages.Text("Nombre", order: 2));
        var (before, history) = (Pages.Page([rfc, name]), new History());
        history.Did(new Move.Fill(name, "razon_social", "X", false, false, ""), before, true, Pages.Now);
        history.Typed.Look(Pages.Page([rfc, name with { Value = "X" }]), asked: false);
        history.Did(new Move.Fill(rfc, "rfc", "Y", false, false, ""), before, true, Pages.Now);
        history.Typed.Look(Pages.Page([rfc with { Value = "Y" }, name with { Value = "Z" }]), asked: false);

        Assert.That(history.Learned.Quiet, Is.EqualTo(new[] { Recipe.FieldKey(name) }));
        Assert.That(history.Typed.Loud, Is.EqualTo(new[] { Recipe.FieldKey(rfc) }));
    }
}
