namespace Invoicing.BrowserAutomation.Engine;

/// <summary>The data shown once more before they are issued: "Se enviará a …" there is what will be, not what was.</summary>
public static class Preview
{
    /// <summary>Our RFC stands on the page as text, a way back beside a control that issues and was not pressed yet, and no fiscal folio.</summary>
    public static bool IsOn(Snapshot page, Goal goal, History history) =>
        page.Controls.Any(c => !c.Disabled && IsLastStep(c) && !history.Pressed(c)) && page.Controls.Any(c => c.Kind != "link" && Buttons.Score(c, "back") > 0.8)
        && page.Lines.Any(l => Words.Code(l).Contains(goal.Receptor.Rfc, StringComparison.Ordinal)) && !page.Lines.Any(HasFiscalFolio);

    private static bool IsLastStep(Control control) =>
        !Buttons.LeadsAway(control) && control.Kind != "link" && (Buttons.Score(control, "emit") > 0.7 || Buttons.Score(control, "maybe_emit") > 0.7);

    private static bool HasFiscalFolio(string line) => System.Text.RegularExpressions.Regex.IsMatch(line, "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}");
}
