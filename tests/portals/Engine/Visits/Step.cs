namespace Invoicing.Portals.Engine.Visits;

/// <summary>Names what a page is for, so that faults and ground truth can speak of it.</summary>
public sealed record Step(string Name);

/// <summary>On a page that posts back to itself, what pressing this button is for.</summary>
public sealed record ButtonStep(string Button, string Name);

public static class StepNames
{
    public static TBuilder Step<TBuilder>(this TBuilder builder, string name)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Step(name));

    public static TBuilder Button<TBuilder>(this TBuilder builder, string button, string name)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ButtonStep(button, name));

    /// <summary>The step that this visit takes; null on paths that are nobody's page.</summary>
    public static string? Of(Visit visit)
    {
        var metadata = visit.Context.GetEndpoint()?.Metadata;
        return metadata?.GetOrderedMetadata<ButtonStep>().FirstOrDefault(step => visit.Field(step.Button).Length > 0)?.Name
            ?? metadata?.GetMetadata<Step>()?.Name;
    }
}
