namespace Invoicing.BrowserAutomation.Engine;

/// <summary>What to answer a native dialog (alert, confirm, prompt, beforeunload) while it holds the page still.</summary>
public static class DialogPolicy
{
    public enum Answer
    {
        Accept,
        Dismiss,

        /// <summary>Accept once the emission is recorded; dismiss when it may not be.</summary>
        AcceptAsEmission,
    }

    /// <param name="receptorTyped">The RFC stands on the page, so that a yes may issue the invoice.</param>
    public static Answer For(string type, string text, bool receptorTyped)
    {
        if (type is "alert" or "beforeunload")
        {
            return Answer.Accept;
        }

        if (type == "prompt" || Choices.Speaks("dangerous", text))
        {
            return Answer.Dismiss;
        }

        return receptorTyped ? Answer.AcceptAsEmission : Answer.Accept;
    }
}
